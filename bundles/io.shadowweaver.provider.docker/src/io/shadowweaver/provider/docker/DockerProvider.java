// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.docker;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.TopologyChange;
import io.shadowweaver.kit.jclouds.StrictClient;
import io.shadowweaver.kit.rest.AnswerException;
import io.shadowweaver.kit.rest.Faults;
import okhttp3.HttpUrl;

/**
 * The containers of one host. A container is made and started by two calls; one of ours that was made but not started, since the second call was lost, is
 * started when {@link #list()} sees it. Names are unique on a host, so that the same wish cannot make two.
 */
final class DockerProvider implements CloudProvider {
	/** What the label {@code provider} says. */
	static final String PROVIDER = "docker";
	/** Label of a container: the size that it was made in. */
	static final String SIZE = "shadowweaver-offer";
	/** Variable in which a container finds its user data. */
	static final String USER_DATA = "SHADOWWEAVER_USER_DATA";

	private final Settings settings;
	private final InstantSource clock;
	private final List<Size> sizes;
	private final Api api;
	private final Faults faults;

	DockerProvider(Settings settings, InstantSource clock) throws PluginException {
		this.settings = settings;
		this.clock = clock;
		this.sizes = Size.parse(settings.text("sizes"));
		StrictClient client = new StrictClient(clock, settings.duration("timeout"));
		this.api = new Api(client, settings.text("endpoint"));
		this.faults = new Faults("Docker at " + settings.uri("endpoint").getAuthority(), settings::mask, client.skew());
	}

	@Override
	public List<Offer> offers() throws PluginException {
		int left = left();
		return sizes.stream().map(size -> new Offer(size.name(), size.name(), size.capacity(), settings.text("region"), zones(), Price.UNKNOWN, left,
				settings.duration("lead.median"), settings.duration("lead.p95"))).toList();
	}

	private List<String> zones() {
		return settings.has("zone") ? List.of(settings.text("zone")) : List.of();
	}

	private int left() throws PluginException {
		long ours = 0;
		for (JsonNode container : containers()) {
			ours += container.path("Labels").has(CreateRequest.TOKEN) ? 1 : 0;
		}
		return (int) Math.max(0, Math.min(Integer.MAX_VALUE, settings.integer("most") - ours));
	}

	/** All containers, those that do not run too. */
	private JsonNode containers() throws PluginException {
		try {
			return api.call("GET", api.at("containers", "json").addQueryParameter("all", "true").build(), null);
		} catch (IOException e) {
			throw faults.failed("The containers cannot be listed", e);
		}
	}

	@Override
	public List<Instance> list() throws PluginException {
		List<Instance> list = new ArrayList<>();
		for (JsonNode container : containers()) {
			Instance instance = instance(container);
			list.add(instance.state() == Instance.State.PENDING && !instance.token().isEmpty() ? started(instance) : instance);
		}
		return list;
	}

	private Instance started(Instance instance) {
		String detail = "";
		try {
			start(instance.id());
		} catch (IOException e) {
			detail = faults.failed("Container " + instance.name() + " cannot be started", e).getMessage();
		}
		return new Instance(instance.id(), instance.name(), instance.token(), instance.resource(), instance.offer(), instance.region(), instance.zone(), instance.address(),
				detail.isEmpty() ? Instance.State.PENDING : Instance.State.FAILED, instance.createdAt(), instance.tags(), detail);
	}

	private Instance instance(JsonNode container) {
		Map<String, String> labels = labels(container);
		String name = name(container);
		return new Instance(container.path("Id").asText(), name, labels.getOrDefault(CreateRequest.TOKEN, ""), name, labels.getOrDefault(SIZE, ""),
				settings.text("region"), settings.text("zone"), address(container), state(container),
				Instant.ofEpochSecond(container.path("Created").asLong()), labels, state(container) == Instance.State.FAILED ? container.path("Status").asText() + "." : "");
	}

	private static Map<String, String> labels(JsonNode container) {
		Map<String, String> labels = new HashMap<>();
		container.path("Labels").properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
		return labels;
	}

	private static String name(JsonNode container) {
		String name = container.path("Names").path(0).asText(container.path("Id").asText());
		return name.startsWith("/") ? name.substring(1) : name;
	}

	private static Instance.State state(JsonNode container) {
		return switch (container.path("State").asText()) {
		case "created", "configured", "initialized", "restarting" -> Instance.State.PENDING;
		case "running" -> Instance.State.RUNNING;
		case "removing", "stopping" -> Instance.State.DELETING;
		default -> Instance.State.FAILED;
		};
	}

	/** That of its network, or the host's. */
	private String address(JsonNode container) {
		for (JsonNode network : container.path("NetworkSettings").path("Networks")) {
			if (!network.path("IPAddress").asText().isEmpty()) {
				return network.path("IPAddress").asText();
			}
		}
		return "host".equals(container.path("HostConfig").path("NetworkMode").asText()) ? settings.uri("endpoint").getHost() : "";
	}

	@Override
	public List<TopologyChange> discover() throws PluginException {
		List<TopologyChange> changes = new ArrayList<>();
		for (JsonNode container : containers()) {
			if (state(container) == Instance.State.RUNNING) {
				changes.add(new TopologyChange.ResourceSeen(resource(instance(container))));
			}
		}
		return changes;
	}

	private Resource resource(Instance instance) {
		Map<String, String> labels = new HashMap<>(instance.tags());
		labels.remove(CreateRequest.TOKEN);
		labels.remove(SIZE);
		labels.put(Resource.TOKEN, instance.token());
		labels.put(Resource.OFFER, instance.offer());
		labels.put(Resource.PROVIDER, PROVIDER);
		labels.put(Resource.INSTANCE, instance.id());
		labels.put(Resource.REGION, instance.region());
		labels.put(Resource.ZONE, instance.zone());
		labels.put(Resource.ADDRESS, instance.address());
		labels.values().removeIf(String::isEmpty);
		return Resource.live(instance.resource(), "container", instance.name(), labels, size(instance.offer()).map(Size::capacity).orElse(Map.of()));
	}

	private Optional<Size> size(String name) {
		return sizes.stream().filter(size -> size.name().equals(name)).findFirst();
	}

	@Override
	public Instance create(CreateRequest request) throws PluginException {
		Optional<Instance> there = existing(request);
		if (there.isPresent()) {
			return there.get().state() == Instance.State.PENDING ? started(there.get()) : there.get();
		}
		ObjectNode body = check(request);
		String id;
		try {
			id = api.call("POST", creation(request), body).path("Id").asText();
		} catch (IOException e) {
			throw faults.changing("Container " + request.name() + " cannot be made", e);
		}
		if (id.isEmpty()) {
			throw new PluginException("Docker at " + settings.uri("endpoint").getAuthority() + " did not name the container that it was asked for. Whether it was made is not known.");
		}
		try {
			start(id);
		} catch (IOException e) {
			throw notStarted(request, id, e);
		}
		return new Instance(id, request.name(), request.token(), request.name(), request.offer(), settings.text("region"), request.zone(), "", Instance.State.PENDING,
				clock.instant(), metadata(request), "");
	}

	private void start(String id) throws IOException {
		api.call("POST", api.at("containers", id, "start").build(), null);
	}

	/** A container that cannot run is not left behind. */
	private PluginException notStarted(CreateRequest request, String id, IOException reason) {
		PluginException said = faults.changing("Container " + request.name() + " cannot be started", reason);
		if (Faults.answer(reason).map(AnswerException::isCertain).orElse(false)) {
			try {
				delete(id);
			} catch (PluginException e) {
				said = new PluginException(said.getMessage() + " It was made, and " + e.getMessage());
			}
		}
		return said;
	}

	private Optional<Instance> existing(CreateRequest request) throws PluginException {
		for (JsonNode container : containers()) {
			Instance instance = instance(container);
			if (instance.token().equals(request.token()) && instance.state() != Instance.State.DELETING) {
				if (!instance.offer().equals(request.offer())) {
					throw new RefusedException("The token " + request.token() + " was used for another wish: container " + instance.name() + " is of size '" + instance.offer() + "'.");
				}
				return Optional.of(instance);
			}
		}
		return Optional.empty();
	}

	private HttpUrl creation(CreateRequest request) {
		return api.at("containers", "create").addQueryParameter("name", request.name()).build();
	}

	private String image(CreateRequest request) {
		return request.image().isEmpty() ? settings.text("image") : request.image();
	}

	private static Map<String, String> metadata(CreateRequest request) {
		Map<String, String> metadata = new TreeMap<>(request.metadata());
		metadata.put(SIZE, request.offer());
		return metadata;
	}

	/** The body of the call, when all that the request names is there. */
	private ObjectNode check(CreateRequest request) throws PluginException {
		Size size = size(request.offer()).orElseThrow(() -> new RefusedException(AccountFault.MISSING,
				"There is no size '" + request.offer() + "' of containers; the account has " + String.join(", ", sizes.stream().map(Size::name).toList()) + "."));
		if (!request.zone().isEmpty() && !zones().contains(request.zone())) {
			throw new RefusedException(AccountFault.MISSING, "The account has no zone '" + request.zone() + "'.");
		}
		if (!request.registration().isEmpty()) {
			throw new RefusedException("Docker has nothing to register a container at: leave the registration of the template empty, or let the container register itself.");
		}
		if (left() == 0) {
			throw new RefusedException(AccountFault.LIMIT, "The " + settings.integer("most") + " containers that the account may have are there.");
		}
		faults.checkClock();
		checkImage(image(request));
		ObjectNode body = JsonNodeFactory.instance.objectNode();
		body.put("Image", image(request));
		ObjectNode labels = body.putObject("Labels");
		metadata(request).forEach(labels::put);
		if (!request.userData().isEmpty()) {
			body.putArray("Env").add(USER_DATA + "=" + request.userData());
		}
		ObjectNode host = body.putObject("HostConfig");
		host.put("NetworkMode", request.network().isEmpty() ? settings.text("network") : request.network());
		if (settings.flag("limits")) {
			host.put("NanoCpus", size.nanoCpus()).put("Memory", size.memory());
		}
		return body;
	}

	private void checkImage(String image) throws PluginException {
		if (image.isEmpty()) {
			throw new RefusedException(AccountFault.MISSING, "No image is named: give one in the template of the group, or as the account's Image (image).");
		}
		try {
			api.call("GET", api.at("images", image, "json").build(), null);
		} catch (IOException e) {
			if (Faults.isNotFound(e)) {
				throw new RefusedException(AccountFault.MISSING, "There is no image '" + image + "' on the host, and none is pulled.");
			}
			throw faults.failed("Image '" + image + "' cannot be looked up", e);
		}
	}

	@Override
	public List<String> dryRun(CreateRequest request) throws PluginException {
		ObjectNode body = check(request);
		if (body.has("Env")) {
			body.putArray("Env").add(USER_DATA + "=(" + request.userData().length() + " characters)");
		}
		return List.of("GET " + api.at("containers", "json").addQueryParameter("all", "true").build() + " (nothing is made where a container bears the token " + request.token() + ")",
				"POST " + creation(request) + " " + body, "POST " + api.at("containers", "(its id)", "start").build());
	}

	/** Nothing hands it load by way of this account: a request with a registration is refused. */
	@Override
	public void drain(String instance) {
		// see above
	}

	@Override
	public void delete(String instance) throws PluginException {
		try {
			api.call("DELETE", api.at("containers", instance).addQueryParameter("force", "true").addQueryParameter("v", "true").build(), null);
		} catch (IOException e) {
			if (!Faults.isNotFound(e)) {
				throw faults.changing("Container " + instance + " cannot be removed", e);
			}
		}
	}

	@Override
	public void setSize(String group, int size) throws PluginException {
		throw new RefusedException("Docker owns no group '" + group + "': its containers are made one by one.");
	}

	@Override
	public Duration settling() {
		return settings.duration("settling");
	}

	@Override
	public void close() {
		api.close();
	}
}
