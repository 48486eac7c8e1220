// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.rest;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/**
 * What accounts of machines are set up with alike, from the parameters {@code resource-id}, {@code address}, {@code lead.median}, {@code lead.p95},
 * {@code settling} and {@code timeout}.
 *
 * @param resourceId    what sources call a machine
 * @param publicAddress whether others reach it by its public address
 * @param leadMedian    from call to running
 * @param leadP95       the same at the 95th percentile, at least the median
 * @param settling      how long after a lost answer a machine may still appear
 * @param timeout       of one call
 */
public record MachineSettings(ResourceId resourceId, boolean publicAddress, Duration leadMedian, Duration leadP95, Duration settling, Duration timeout) {
	/** What sources call a machine. */
	public enum ResourceId {
		/** Its private address. */
		ADDRESS,
		/** Its name. */
		NAME,
		/** What the provider tells it apart by. */
		ID
	}

	/** @throws PluginException naming a parameter whose value cannot be */
	public static MachineSettings of(Settings settings) throws PluginException {
		Duration median = settings.duration("lead.median");
		Duration p95 = settings.duration("lead.p95");
		if (p95.compareTo(median) < 0) {
			throw new PluginException("Lead, 95th percentile (lead.p95) must not be less than its median.");
		}
		return new MachineSettings(resourceId(settings), isPublic(settings), median, p95, settings.duration("settling"), settings.duration("timeout"));
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
	public static List<String> words(String text) {
		return Arrays.stream(text.split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
	}

	/**
	 * The names of what owns groups of the estate at the provider, by group, from the parameter {@code groups}: a line {@code group = owner} each.
	 *
	 * @param label  of the parameter
	 * @param owner  what an owner is called, such as {@code scale set}
	 * @param isName whether an owner may be called so
	 * @throws PluginException naming the line that is not of this form
	 */
	public static Map<String, String> owners(Settings settings, String label, String owner, Predicate<String> isName) throws PluginException {
		Map<String, String> owners = new LinkedHashMap<>();
		for (String line : settings.text("groups").lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
			String[] sides = line.split("\\s*=\\s*", 2);
			if (sides.length < 2 || sides[0].isEmpty() || !isName.test(sides[1])) {
				throw new PluginException(label + " (groups): '" + line + "' is not of the form 'group = " + owner + "'.");
			}
			owners.put(sides[0], sides[1]);
		}
		return Map.copyOf(owners);
	}
}
