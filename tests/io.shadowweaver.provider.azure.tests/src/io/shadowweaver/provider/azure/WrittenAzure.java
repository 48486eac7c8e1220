// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.TestContext;
import io.shadowweaver.tck.WrittenExchanges;

/** What the tests share: an account whose calls all go to written exchanges. */
final class WrittenAzure {
	static final String SECRET = "s3cr3t-of-the-application";
	static final String IMAGE = "Debian:debian-12:12-gen2:latest";
	private static final String GROUP = "/subscriptions/s-1/resourceGroups/weaver/providers/";

	private WrittenAzure() {
	}

	/** With a login, and without machines. */
	static WrittenExchanges exchanges() throws IOException {
		return new WrittenExchanges(WrittenAzure.class).always("token").value("limit", "10").value("machines", "").value("statuses", "").value("interfaces", "").value("made", "id-1")
				.value("sets", "").value("mode", "Uniform").value("single", "false");
	}

	/** What a creation looks up before it makes anything: nothing is in its way. */
	static WrittenExchanges free(WrittenExchanges exchanges) {
		return exchanges.once("machines", "machine-gone", "interface-gone", "image");
	}

	static CloudProvider open(WrittenExchanges exchanges) throws PluginException {
		return open(exchanges, Map.of(), InstantSource.system());
	}

	/** With what a test sets otherwise. */
	static CloudProvider open(WrittenExchanges exchanges, Map<String, String> others, InstantSource clock) throws PluginException {
		String address = exchanges.address().toString();
		Map<String, String> texts = new HashMap<>(Map.of("subscription", "s-1", "resource-group", "weaver", "location", "West Europe", "tenant", "t-1", "client-id", "app-1",
				"client-secret", SECRET, "network", "net/apps", "ssh-key", "ssh-ed25519 AAAAC3 weaver", "endpoint", address, "login", address));
		texts.put("groups", "fleet = web-vmss");
		texts.put("timeout", "5s");
		texts.putAll(others);
		Declared declared = Declared.only("io.shadowweaver.provider.azure", "provider");
		return declared.make(CloudProviderFactory.class).open(declared.settings(texts), new TestContext(clock, null));
	}

	static CreateRequest wish() {
		return wish("Standard_D2s_v5", "westeurope-1", "");
	}

	static CreateRequest wish(String offer, String zone, String registration) {
		return new CreateRequest("f00d", "web-7", "web", offer, zone, IMAGE, "", "#!/bin/sh\n", Map.of("purpose", "test", CreateRequest.ESTATE, "test"), registration,
				Instant.parse("2026-06-01T00:00:00Z"));
	}

	/** A machine as the interface describes it. */
	static String machine(String name, String tags, String provisioning) {
		return "{\"id\": \"" + id(name) + "\", \"name\": \"" + name + "\", \"location\": \"westeurope\", \"zones\": [\"1\"], \"tags\": {" + tags
				+ "}, \"properties\": {\"vmId\": \"id-1\", \"provisioningState\": \"" + provisioning + "\", \"timeCreated\": \"2026-05-01T10:00:00.1234567+00:00\","
				+ " \"hardwareProfile\": {\"vmSize\": \"Standard_D2s_v5\"}, \"networkProfile\": {\"networkInterfaces\": [{\"id\": \"" + nicId(name) + "\"}]}}}";
	}

	/** What the list of states tells of a machine. */
	static String status(String name, String power) {
		return "{\"id\": \"" + id(name).toUpperCase(java.util.Locale.ROOT) + "\", \"properties\": {\"instanceView\": {\"statuses\": [{\"code\": \"ProvisioningState/succeeded\"}, {\"code\": \"PowerState/"
				+ power + "\"}]}}}";
	}

	/** A network interface of a machine, which has it or has it not. */
	static String nic(String machine, boolean attached, String tags, String pools) {
		return "{\"id\": \"" + nicId(machine) + "\", \"name\": \"" + machine + "-nic\", \"location\": \"westeurope\", \"tags\": {" + tags + "}, \"properties\": {"
				+ (attached ? "\"virtualMachine\": {\"id\": \"" + id(machine) + "\"}, " : "") + "\"ipConfigurations\": [{\"name\": \"primary\", \"properties\": {\"primary\": true,"
				+ " \"privateIPAddress\": \"10.0.0.7\", \"loadBalancerBackendAddressPools\": [" + pools + "]}}]}}";
	}

	static String pool() {
		return "{\"id\": \"" + GROUP + "Microsoft.Network/loadBalancers/lb/backendAddressPools/web\"}";
	}

	private static String id(String name) {
		return GROUP + "Microsoft.Compute/virtualMachines/" + name;
	}

	private static String nicId(String machine) {
		return GROUP + "Microsoft.Network/networkInterfaces/" + machine + "-nic";
	}
}
