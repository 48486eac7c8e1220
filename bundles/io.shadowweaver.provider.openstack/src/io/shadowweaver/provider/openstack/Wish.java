// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.openstack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jclouds.openstack.neutron.v2.domain.Network;
import org.jclouds.openstack.nova.v2_0.domain.Flavor;
import org.jclouds.openstack.nova.v2_0.options.CreateServerOptions;
import org.jclouds.openstack.v2_0.domain.Resource;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.RefusedException;

/**
 * A request in the ids of the cloud: everything that it names was found.
 *
 * @param image   id
 * @param flavour of the offer
 * @param metadata of the server
 * @param options the rest, the metadata included
 */
record Wish(String image, Flavor flavour, Map<String, String> metadata, CreateServerOptions options) {
	/** Key of the metadata: where the server is registered once it is active, so that it can be taken out again. */
	static final String REGISTRATION = "shadowweaver-registration";
	private static final int LONGEST_METADATA = 255;

	/**
	 * Looks up what a request names.
	 *
	 * @throws RefusedException when something is not there
	 * @throws PluginException  when the cloud cannot be asked
	 */
	static Wish of(CreateRequest request, Settings settings, Cloud cloud, Map<String, Flavor> flavours, List<String> zones) throws PluginException {
		Flavor flavour = flavours.values().stream().filter(one -> one.getName().equals(request.offer())).findFirst()
				.orElseThrow(() -> new RefusedException(AccountFault.MISSING, "OpenStack has no flavour '" + request.offer() + "' (any more)."));
		if (!request.zone().isEmpty() && !zones.contains(request.zone())) {
			throw new RefusedException(AccountFault.MISSING, "OpenStack has no availability zone '" + request.zone() + "' that is up; it has " + String.join(", ", zones) + ".");
		}
		Map<String, String> metadata = metadata(request);
		CreateServerOptions options = CreateServerOptions.Builder.metadata(metadata);
		if (!request.zone().isEmpty()) {
			options.availabilityZone(request.zone());
		}
		if (!request.userData().isEmpty()) {
			options.userData(request.userData().getBytes(StandardCharsets.UTF_8));
		}
		if (settings.has("key-pair")) {
			options.keyPairName(settings.text("key-pair"));
		}
		if (settings.has("security-groups")) {
			options.securityGroupNames(Arrays.stream(settings.text("security-groups").split(",")).map(String::strip).toList());
		}
		String network = request.network().isEmpty() ? settings.text("network") : request.network();
		if (!network.isEmpty()) {
			options.networks(network(network, cloud));
		}
		return new Wish(image(request.image().isEmpty() ? settings.text("image") : request.image(), cloud), flavour, metadata, options);
	}

	private static Map<String, String> metadata(CreateRequest request) throws RefusedException {
		Map<String, String> metadata = new TreeMap<>(request.metadata());
		if (!request.registration().isEmpty()) {
			metadata.put(REGISTRATION, request.registration());
		}
		for (Map.Entry<String, String> entry : metadata.entrySet()) {
			if (!entry.getKey().matches("[A-Za-z0-9_:. -]{1,255}") || entry.getValue().length() > LONGEST_METADATA) {
				throw new RefusedException("OpenStack takes no tag '" + entry.getKey() + "' with that value: keys are of letters, digits and _-:. and neither is longer than 255.");
			}
		}
		return metadata;
	}

	private static String image(String wanted, Cloud cloud) throws PluginException {
		if (wanted.isEmpty()) {
			throw new RefusedException(AccountFault.MISSING, "No image is named: give one in the template of the group, or as the account's Image (image).");
		}
		List<Resource> found = new ArrayList<>();
		try {
			cloud.nova().getImageApi(cloud.region()).list().concat().filter(image -> wanted.equals(image.getId()) || wanted.equals(image.getName())).copyInto(found);
		} catch (RuntimeException e) {
			throw cloud.faults().failed("The images cannot be listed", e);
		}
		return only(found.stream().map(Resource::getId).toList(), "image", wanted);
	}

	private static String network(String wanted, Cloud cloud) throws PluginException {
		List<Network> found = new ArrayList<>();
		try {
			cloud.neutron().getNetworkApi(cloud.region()).list().concat().filter(network -> wanted.equals(network.getId()) || wanted.equals(network.getName()))
					.copyInto(found);
		} catch (RuntimeException e) {
			throw cloud.faults().failed("The networks cannot be listed", e);
		}
		return only(found.stream().map(Network::getId).toList(), "network", wanted);
	}

	private static String only(List<String> ids, String what, String wanted) throws RefusedException {
		if (ids.size() != 1) {
			throw new RefusedException(AccountFault.MISSING, "OpenStack has " + (ids.isEmpty() ? "no " + what : ids.size() + " " + what + "s") + " '" + wanted + "'"
					+ (ids.isEmpty() ? "." : ": name it by its id."));
		}
		return ids.getFirst();
	}
}
