// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.TopologyChange;

/** An account at a {@link LastingCloud} of another process. Thread-safe. */
final class LastingCloudCustomer implements CloudProvider, FailPoint {
	private final Socket socket;
	private final BufferedReader in;
	private final Writer out;
	private final InstantSource clock;

	/** @param clock its time is the cloud's, once it is told */
	LastingCloudCustomer(int port, InstantSource clock) throws IOException {
		this.clock = clock;
		socket = new Socket(InetAddress.getLoopbackAddress(), port);
		socket.setTcpNoDelay(true);
		in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
		out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
	}

	private synchronized JsonNode ask(String call, Object body, boolean timed) throws PluginException {
		try {
			ObjectNode request = LastingCloud.JSON.createObjectNode().put(LastingCloud.CALL, call);
			request.set(LastingCloud.BODY, LastingCloud.JSON.valueToTree(body));
			if (timed) {
				request.put(LastingCloud.NOW, clock.instant().toString());
			}
			out.write(LastingCloud.JSON.writeValueAsString(request) + "\n");
			out.flush();
			String line = in.readLine();
			if (line == null) {
				throw new IOException("the cloud has closed the connection");
			}
			JsonNode answer = LastingCloud.JSON.readTree(line);
			if (answer.has(LastingCloud.REFUSED)) {
				throw new RefusedException(answer.path(LastingCloud.REFUSED).asText());
			}
			if (answer.has(LastingCloud.FAILED)) {
				throw new PluginException(answer.path(LastingCloud.FAILED).asText());
			}
			return answer.path(LastingCloud.BODY);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private JsonNode ask(String call, Object body) throws PluginException {
		return ask(call, body, true);
	}

	/** The newest time that a customer told. */
	Instant newest() throws PluginException {
		return LastingCloud.JSON.convertValue(ask("now", "", false), Instant.class);
	}

	/** The size that the owner of a group was asked for; 0 for never. */
	int size(String group) throws PluginException {
		return ask("size", group).asInt();
	}

	/** Tells whoever runs the cloud which machines are known to be there, by their tokens. */
	void tell(Collection<String> tokens) throws PluginException {
		ask("told", tokens);
	}

	/** Asks whether life goes on: there is no answer when it does not. */
	@Override
	public void reached(String point) {
		try {
			ask("reached", point, false);
		} catch (PluginException e) {
			throw new IllegalStateException(e);
		}
	}

	@Override
	public List<Offer> offers() throws PluginException {
		return LastingCloud.JSON.convertValue(ask("offers", ""), new TypeReference<List<Offer>>() {
		});
	}

	@Override
	public List<Instance> list() throws PluginException {
		return LastingCloud.JSON.convertValue(ask("list", ""), new TypeReference<List<Instance>>() {
		});
	}

	@Override
	public List<TopologyChange> discover() {
		return List.of();
	}

	@Override
	public Instance create(CreateRequest request) throws PluginException {
		return LastingCloud.JSON.convertValue(ask("create", request), Instance.class);
	}

	@Override
	public List<String> dryRun(CreateRequest request) {
		return List.of("create " + request.token());
	}

	@Override
	public void drain(String instance) throws PluginException {
		ask("drain", instance);
	}

	@Override
	public void delete(String instance) throws PluginException {
		ask("delete", instance);
	}

	@Override
	public void setSize(String group, int size) throws PluginException {
		ask("setSize", List.of(group, size));
	}

	@Override
	public Duration settling() {
		try {
			return LastingCloud.JSON.convertValue(ask("settling", ""), Duration.class);
		} catch (PluginException e) {
			throw new IllegalStateException(e);
		}
	}

	@Override
	public void close() {
		try {
			socket.close();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
