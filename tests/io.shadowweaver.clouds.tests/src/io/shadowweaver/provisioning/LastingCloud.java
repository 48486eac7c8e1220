// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.TestContext;

/**
 * The simulated cloud on loopback, which outlives its customers as real clouds do: what was asked for is done even when nobody is there
 * any more to hear of it. It keeps a log of all that it did, since a machine that is asked for twice is made once. A request is a line of
 * JSON, and so is its answer. Time is the newest that a customer told.
 */
final class LastingCloud implements AutoCloseable {
	static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).addModule(new Jdk8Module()).disable(MapperFeature.AUTO_DETECT_IS_GETTERS).disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
			.disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS).build();
	/** The keys of requests and answers. */
	static final String CALL = "call";
	static final String NOW = "now";
	static final String BODY = "body";
	static final String REFUSED = "refused";
	static final String FAILED = "failed";

	/** In the log, for {@code create}: the machine had been made already. */
	static final String AGAIN = "create again";

	/** Told that a customer has come to a failpoint, before it goes on. */
	@FunctionalInterface
	interface Watcher {
		/** @return whether the customer may go on; it gets no answer otherwise */
		boolean mayGoOn(String point);
	}

	/** One call that was carried out. */
	record Done(String call, String subject) {
	}

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
	private final CloudProvider cloud;
	private final Watcher watcher;
	private final SplittableRandom random;
	private final List<Done> log = new ArrayList<>();
	private final Map<String, Integer> sizes = new TreeMap<>();
	private Instant now = Instant.EPOCH;
	private JsonNode told;

	/**
	 * @param directory of its machines; exists
	 * @param settings  of the simulated provider
	 * @param seed      of how long its calls take
	 */
	LastingCloud(Path directory, Map<String, String> settings, long seed, Watcher watcher) throws IOException, PluginException {
		this.watcher = watcher;
		random = new SplittableRandom(seed);
		Declared declared = Declared.only("io.shadowweaver.simulated", "provider");
		cloud = declared.make(CloudProviderFactory.class).open(declared.settings(settings), new TestContext("killed", this::now, directory, new ConcurrentHashMap<>()));
		Thread.ofPlatform().daemon().name("lasting-cloud").start(this::serve);
	}

	int port() {
		return server.getLocalPort();
	}

	private synchronized Instant now() {
		return now;
	}

	/** All that it did, in order. */
	synchronized List<Done> log() {
		return List.copyOf(log);
	}

	/** What a customer told at last of itself, and forgets it; {@code null} for nothing. */
	synchronized JsonNode told() {
		JsonNode last = told;
		told = null;
		return last;
	}

	/** The machines that an estate made, by the cloud's own list. */
	List<Instance> machines(String estate) throws PluginException {
		return cloud.list().stream().filter(machine -> estate.equals(machine.tags().get(CreateRequest.ESTATE)) && machine.state() != Instance.State.DELETING).toList();
	}

	/** The size that the owner of a group was asked for; 0 for never. */
	synchronized int size(String group) {
		return sizes.getOrDefault(group, 0);
	}

	private void serve() {
		while (!server.isClosed()) {
			try {
				Socket customer = server.accept();
				Thread.ofPlatform().daemon().name("lasting-cloud-customer").start(() -> serve(customer));
			} catch (IOException e) {
				if (!server.isClosed()) {
					throw new IllegalStateException("the cloud of the test cannot be reached any more", e);
				}
			}
		}
	}

	private void serve(Socket customer) {
		try (customer; BufferedReader in = new BufferedReader(new InputStreamReader(customer.getInputStream(), StandardCharsets.UTF_8));
				Writer out = new OutputStreamWriter(customer.getOutputStream(), StandardCharsets.UTF_8)) {
			customer.setTcpNoDelay(true);
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				ObjectNode answer = answer(JSON.readTree(line));
				if (answer == null) {
					return;
				}
				out.write(JSON.writeValueAsString(answer) + "\n");
				out.flush();
			}
		} catch (IOException e) {
			// a customer that was killed breaks its connection
		}
	}

	private ObjectNode answer(JsonNode asked) throws IOException {
		ObjectNode answer = JSON.createObjectNode();
		JsonNode body = asked.path(BODY);
		String call = asked.path(CALL).asText();
		if (call.equals("reached") && !watcher.mayGoOn(body.asText())) {
			return null;
		}
		see(asked.path(NOW).asText());
		try {
			Object result = switch (call) {
			case "reached" -> true;
			case "now" -> now();
			case "offers" -> cloud.offers();
			case "list" -> cloud.list();
			case "settling" -> cloud.settling();
			case "size" -> size(body.asText());
			case "told" -> tell(body);
			default -> change(call, body);
			};
			answer.set(BODY, JSON.valueToTree(result));
		} catch (RefusedException e) {
			answer.put(REFUSED, e.getMessage());
		} catch (PluginException e) {
			answer.put(FAILED, e.getMessage());
		}
		return answer;
	}

	private Object change(String call, JsonNode body) throws IOException, PluginException {
		pause();
		Object result = true;
		switch (call) {
		case "create" -> {
			CreateRequest request = JSON.treeToValue(body, CreateRequest.class);
			did(cloud.list().stream().anyMatch(machine -> machine.token().equals(request.token())) ? AGAIN : call, request.token());
			result = cloud.create(request);
		}
		case "delete" -> {
			did(call, body.asText());
			cloud.delete(body.asText());
		}
		case "drain" -> {
			did(call, body.asText());
			cloud.drain(body.asText());
		}
		case "setSize" -> {
			String group = body.path(0).asText();
			did(call, group);
			synchronized (this) {
				sizes.put(group, body.path(1).asInt());
			}
		}
		default -> throw new IllegalStateException("nobody knows the call " + call);
		}
		pause();
		return result;
	}

	private synchronized void did(String call, String subject) {
		log.add(new Done(call, subject));
	}

	private synchronized boolean tell(JsonNode body) {
		told = body;
		return true;
	}

	private synchronized void see(String time) {
		if (!time.isEmpty() && Instant.parse(time).isAfter(now)) {
			now = Instant.parse(time);
		}
	}

	/** So that a customer may be killed before and after the deed, while it waits. */
	private void pause() {
		long nanos;
		synchronized (this) {
			nanos = random.nextLong(1_000_000);
		}
		try {
			TimeUnit.NANOSECONDS.sleep(nanos);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() throws IOException {
		server.close();
		cloud.close();
	}
}
