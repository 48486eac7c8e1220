// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.kit.rest.MachineSettings;

/**
 * One resource group and location of a subscription.
 *
 * @param scope       where machines are made
 * @param credentials who asks
 * @param sizes       names of sizes, {@code *} for any part; not empty
 * @param template    what all new machines share
 * @param scaleSets   names of scale sets by the group of the estate that they own
 * @param machines    what all accounts of machines have
 */
record AzureSettings(Scope scope, Credentials credentials, List<String> sizes, Template template, Map<String, String> scaleSets,
		MachineSettings machines) {
	/**
	 * Where machines are made.
	 *
	 * @param endpoint     of Azure Resource Manager, without a path
	 * @param subscription its id
	 * @param group        the resource group
	 * @param location     in lower case, without blanks
	 */
	record Scope(String endpoint, String subscription, String group, String location) {
	}

	/**
	 * Who asks.
	 *
	 * @param login  where tokens are granted, without a path
	 * @param tenant the directory
	 * @param client id of the application
	 * @param secret of the application
	 */
	record Credentials(String login, String tenant, String client, String secret) {
		/** Without the secret. */
		@Override
		public String toString() {
			return "credentials of application " + client;
		}
	}

	/**
	 * What all new machines share.
	 *
	 * @param image         where a group's template names none; empty for none
	 * @param network       where a group's template names none; empty for none
	 * @param securityGroup of the interfaces: name or id; empty for none
	 * @param adminUser     name of the administrator
	 * @param sshKey        its public key
	 * @param diskType      storage of the OS disk
	 * @param diskSize      in GB; 0 for that of the image
	 */
	record Template(String image, String network, String securityGroup, String adminUser, String sshKey, String diskType, long diskSize) {
	}

	/** How sentences call the account. */
	String name() {
		return "Azure, resource group " + scope.group() + ", " + scope.location();
	}

	/** Whether a size may be made. */
	boolean offers(String size) {
		return sizes.stream().map(name -> Pattern.compile(name.replace("*", ".*"), Pattern.CASE_INSENSITIVE)).anyMatch(name -> name.matcher(size).matches());
	}

	static AzureSettings of(Settings settings) throws PluginException {
		String location = settings.text("location").toLowerCase(Locale.ROOT).replace(" ", "");
		matching(location, "[a-z0-9]+", "Location (location) is not a name such as westeurope.");
		matching(settings.text("subscription"), "[0-9A-Za-z-]+", "Subscription (subscription) is not an id.");
		matching(settings.text("resource-group"), "[\\w.()-]{1,90}", "Resource group (resource-group) is not a name.");
		matching(settings.text("tenant"), "[0-9A-Za-z.-]+", "Tenant (tenant) is neither an id nor a domain.");
		matching(settings.text("admin-user"), "[a-z_][a-z0-9_-]{0,31}", "Administrator (admin-user) is not the name of a user.");
		matching(settings.text("ssh-key").strip(), "(ssh-|ecdsa-)\\S+ \\S+.*", "SSH public key (ssh-key) must be one line such as 'ssh-ed25519 AAAA… name'.");
		List<String> sizes = MachineSettings.words(settings.text("sizes"));
		if (sizes.isEmpty() || !sizes.stream().allMatch(size -> size.matches("[A-Za-z0-9_*-]+"))) {
			throw new PluginException("Sizes (sizes) must be names such as Standard_D2s_v5, separated by commas.");
		}
		long disk = settings.integer("disk-size");
		if (disk < 0 || disk > 4095) {
			throw new PluginException("OS disk, size (disk-size) must be 0 to 4095 GB.");
		}
		Scope scope = new Scope(origin(settings.uri("endpoint")), settings.text("subscription"), settings.text("resource-group"), location);
		Credentials credentials = new Credentials(origin(settings.uri("login")), settings.text("tenant"), settings.text("client-id"), settings.text("client-secret"));
		Template template = new Template(settings.text("image"), settings.text("network"), settings.text("security-group"), settings.text("admin-user"),
				settings.text("ssh-key").strip(), settings.text("disk-type"), disk);
		return new AzureSettings(scope, credentials, sizes, template, MachineSettings.owners(settings, "Scale sets", "scale set", Names::isName),
				MachineSettings.of(settings));
	}

	private static void matching(String text, String pattern, String otherwise) throws PluginException {
		if (!text.matches(pattern)) {
			throw new PluginException(otherwise);
		}
	}

	private static String origin(URI uri) {
		return uri.getScheme() + "://" + uri.getAuthority();
	}
}
