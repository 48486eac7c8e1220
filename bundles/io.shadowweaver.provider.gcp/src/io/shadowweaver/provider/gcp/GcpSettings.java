// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/**
 * One region of a project.
 *
 * @param region        where instances are made
 * @param project       the id of the project
 * @param account       who asks
 * @param types         names of machine types, {@code *} for any part; not empty
 * @param template      what all new instances share
 * @param managedGroups names of managed instance groups by the group of the estate that they own
 * @param resourceId    what sources call an instance
 * @param publicAddress whether others reach it by its external address
 * @param leadMedian    from call to running
 * @param leadP95       the same at the 95th percentile, at least the median
 * @param settling      how long after a lost answer an instance may still appear
 * @param timeout       of one call
 * @param endpoint      scheme and host of the interface
 */
record GcpSettings(String region, String project, ServiceAccount account, List<String> types, Template template, Map<String, String> managedGroups,
		ResourceId resourceId, boolean publicAddress, Duration leadMedian, Duration leadP95, Duration settling, Duration timeout, URI endpoint) {
	private static final URI OWN = URI.create("https://compute.googleapis.com");

	/** What sources call an instance. */
	enum ResourceId {
		/** Its internal address. */
		ADDRESS,
		/** Its name. */
		NAME,
		/** Its number. */
		ID
	}

	/**
	 * What all new instances share.
	 *
	 * @param diskType        type of the boot disk
	 * @param diskSize        in GB; 0 for that of the image
	 * @param networkTags     firewall rules go by them
	 * @param externalAddress whether they get one
	 * @param serviceAccount  as which they act; empty for none
	 */
	record Template(String diskType, long diskSize, List<String> networkTags, boolean externalAddress, String serviceAccount) {
	}

	/** How sentences call the account. */
	String name() {
		return "Google Compute Engine, project " + project + ", " + region;
	}

	/** Whether a machine type may be made. */
	boolean offers(String type) {
		return Pattern.matches(typePattern(), type);
	}

	/** A regular expression that the names of all offered machine types match as a whole. */
	String typePattern() {
		return types.stream().map(type -> type.replace("*", ".*")).collect(Collectors.joining("|", "(", ")"));
	}

	static GcpSettings of(Settings settings) throws PluginException {
		ServiceAccount account = ServiceAccount.of(settings.text("key"));
		String project = settings.has("project") ? settings.text("project") : account.project();
		if (!project.matches("[a-z0-9.:-]+")) {
			throw new PluginException("Project (project) is not an id such as my-project-123, and the key file names none.");
		}
		if (!settings.text("region").matches("[a-z]+-[a-z]+[0-9]+")) {
			throw new PluginException("Region (region) is not a name such as europe-west3.");
		}
		List<String> types = words(settings.text("types"));
		if (types.isEmpty() || !types.stream().allMatch(type -> type.matches("[a-z0-9*-]+"))) {
			throw new PluginException("Machine types (types) must be names such as e2-standard-2, separated by commas.");
		}
		long size = settings.integer("disk-size");
		if (size < 0 || size > 65_536) {
			throw new PluginException("Boot disk, size (disk-size) must be 0 to 65536 GB.");
		}
		Duration median = settings.duration("lead.median");
		Duration p95 = settings.duration("lead.p95");
		if (p95.compareTo(median) < 0) {
			throw new PluginException("Lead, 95th percentile (lead.p95) must not be less than its median.");
		}
		Template template = new Template(settings.text("disk-type"), size, words(settings.text("network-tags")), settings.flag("external-address"),
				settings.text("service-account"));
		return new GcpSettings(settings.text("region"), project, account, types, template, pairs(settings.text("groups")), resourceId(settings),
				isPublic(settings), median, p95, settings.duration("settling"), settings.duration("timeout"),
				settings.has("endpoint") ? settings.uri("endpoint") : OWN);
	}

	private static ResourceId resourceId(Settings settings) throws PluginException {
		return switch (settings.text("resource-id")) {
		case "address" -> ResourceId.ADDRESS;
		case "name" -> ResourceId.NAME;
		case "id" -> ResourceId.ID;
		default -> throw new PluginException("Id of the resource (resource-id) is address, name or id.");
		};
	}

	private static boolean isPublic(Settings settings) throws PluginException {
		return switch (settings.text("address")) {
		case "private" -> false;
		case "public" -> true;
		default -> throw new PluginException("Address (address) is private or public.");
		};
	}

	/** Words separated by commas or blanks. */
	private static List<String> words(String text) {
		return Arrays.stream(text.split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
	}

	private static Map<String, String> pairs(String text) throws PluginException {
		Map<String, String> pairs = new LinkedHashMap<>();
		for (String line : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
			String[] sides = line.split("\\s*=\\s*", 2);
			if (sides.length < 2 || sides[0].isEmpty() || !Names.isName(sides[1])) {
				throw new PluginException("Managed instance groups (groups): '" + line + "' is not of the form 'group = managed instance group'.");
			}
			pairs.put(sides[0], sides[1]);
		}
		return Map.copyOf(pairs);
	}
}
