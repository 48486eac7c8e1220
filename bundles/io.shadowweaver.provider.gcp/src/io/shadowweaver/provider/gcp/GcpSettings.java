// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.kit.rest.MachineSettings;

/**
 * One region of a project.
 *
 * @param region        where instances are made
 * @param project       the id of the project
 * @param account       who asks
 * @param types         names of machine types, {@code *} for any part; not empty
 * @param template      what all new instances share
 * @param managedGroups names of managed instance groups by the group of the estate that they own
 * @param machines      what all accounts of machines have
 * @param endpoint      scheme and host of the interface
 */
record GcpSettings(String region, String project, ServiceAccount account, List<String> types, Template template, Map<String, String> managedGroups,
		MachineSettings machines, URI endpoint) {
	private static final URI OWN = URI.create("https://compute.googleapis.com");

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
		List<String> types = MachineSettings.words(settings.text("types"));
		if (types.isEmpty() || !types.stream().allMatch(type -> type.matches("[a-z0-9*-]+"))) {
			throw new PluginException("Machine types (types) must be names such as e2-standard-2, separated by commas.");
		}
		long size = settings.integer("disk-size");
		if (size < 0 || size > 65_536) {
			throw new PluginException("Boot disk, size (disk-size) must be 0 to 65536 GB.");
		}
		Template template = new Template(settings.text("disk-type"), size, MachineSettings.words(settings.text("network-tags")), settings.flag("external-address"),
				settings.text("service-account"));
		return new GcpSettings(settings.text("region"), project, account, types, template, MachineSettings.owners(settings, "Managed instance groups",
				"managed instance group", Names::isName), MachineSettings.of(settings), settings.has("endpoint") ? settings.uri("endpoint") : OWN);
	}
}
