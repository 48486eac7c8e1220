// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.Drift;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.server.security.Scope;

/** Machines that say that they are ours, and of which the journal knows nothing. */
class MachinesTest {
	private static final String ESTATE = "api/v1/estates/sine/";

	@TempDir
	Path directory;
	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
	private LeftCloud cloud;
	private Weaver weaver;
	private ApiServer server;
	private String reader;
	private String provisioner;

	@BeforeEach
	void start() throws Exception {
		cloud = new LeftCloud(SineEstate.START.plus(Duration.ofMinutes(30)));
		weaver = SineEstate.open(directory.resolve("estates/sine"), List.of(cloud));
		ApiKeys keys = new ApiKeys(directory, Clock.systemUTC());
		reader = keys.add("ann", Set.of(Scope.READ, Scope.OPERATE, Scope.APPROVE), Optional.empty()).key();
		provisioner = keys.add("robot", Set.of(Scope.READ, Scope.PROVISION), Optional.empty()).key();
		server = new ApiServer(ServerSettings.LOOPBACK, () -> List.of(weaver), List::of, Optional.of(directory), Clock.systemUTC());
		server.start();
	}

	@AfterEach
	void end() {
		client.close();
		server.close();
		weaver.close();
	}

	private HttpResponse<String> post(String key, String path, String body) throws Exception {
		return client.send(HttpRequest.newBuilder(server.uri().resolve(ESTATE + "machines/" + path)).header("X-API-KEY", key).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build(),
				BodyHandlers.ofString());
	}

	private void refused(int status, String part, HttpResponse<String> response) {
		assertEquals(status, response.statusCode(), response.body());
		assertTrue(response.body().contains(part), response.body());
	}

	private boolean tells(Drift.Kind kind, String instance) {
		return weaver.state().report().drifts().stream().anyMatch(drift -> drift.kind() == kind && drift.instance().equals(instance));
	}

	private void until(BooleanSupplier reached) {
		for (int i = 0; i < 200 && !reached.getAsBoolean(); i++) {
			weaver.step();
		}
		assertTrue(reached.getAsBoolean(), weaver.state().report().drifts() + " " + weaver.state().statuses());
	}

	@Test
	void oneIsAdoptedReviewedLaterAndTheOtherRemoved() throws Exception {
		until(() -> tells(Drift.Kind.ORPHAN, "i1") && tells(Drift.Kind.ORPHAN, "i2"));
		refused(403, "provision", post(reader, "cloud0/i1/adopt", "{\"group\":\"web\"}"));
		refused(404, "no machine 'i3' at 'cloud0'", post(provisioner, "cloud0/i3/adopt", "{\"group\":\"web\"}"));
		refused(422, "group is missing", post(provisioner, "cloud0/i1/adopt", "{}"));
		refused(422, "no group 'none'", post(provisioner, "cloud0/i1/adopt", "{\"group\":\"none\"}"));
		refused(404, "past its review date", post(provisioner, "cloud0/i2/review", "{\"until\":\"2030-01-01T00:00:00Z\"}"));

		assertEquals(202, post(provisioner, "cloud0/i1/adopt", "{\"group\":\"web\"}").statusCode());
		assertEquals(202, post(provisioner, "cloud0/i2/remove", "").statusCode());
		until(() -> !tells(Drift.Kind.ORPHAN, "i1") && cloud.list().size() == 1);
		assertEquals("i1", cloud.list().getFirst().id());

		until(() -> tells(Drift.Kind.OVERDUE, "i1"));
		refused(422, "until is needed", post(provisioner, "cloud0/i1/review", "{\"until\":\"2001-01-01T00:00:00Z\"}"));
		assertEquals(202, post(provisioner, "cloud0/i1/review", "{\"until\":\"" + weaver.state().time().plus(Duration.ofDays(2)) + "\"}").statusCode());
		until(() -> !tells(Drift.Kind.OVERDUE, "i1"));
	}
}
