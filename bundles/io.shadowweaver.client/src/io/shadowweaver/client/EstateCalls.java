// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.provision.DryRun;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Imagined;
import io.shadowweaver.engine.whatif.Commit;
import io.shadowweaver.engine.whatif.Outcome;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;
import io.shadowweaver.engine.whatif.ScenarioFile;
import io.shadowweaver.forecasting.Quality;
import io.shadowweaver.kit.state.StateReader;
import io.shadowweaver.provisioning.audit.AuditCheck;
import io.shadowweaver.provisioning.audit.AuditEntry;

/**
 * What is asked of and commanded to one estate of a server. Every method blocks until the server has answered, and throws {@link ApiException} with a sentence where
 * it refuses or cannot be reached; the person of a command is the one of the key. Thread-safe.
 */
public final class EstateCalls {
	private static final int PAGE = 1000;
	private static final int UNFIT = 422;
	private static final String POST = "POST";
	private static final String PUT = "PUT";

	private final ApiCalls calls;
	private final String path;

	EstateCalls(ApiCalls calls, String estate) {
		this.calls = calls;
		path = "api/v1/estates/" + ApiCalls.piece(estate) + "/";
	}

	String path() {
		return path;
	}

	private String series(SeriesId id) {
		return path + "series/" + ApiCalls.piece(id.subject()) + "/" + ApiCalls.piece(id.metric()) + "/";
	}

	private static String joined(List<Duration> leads) {
		return leads.stream().map(Duration::toString).collect(Collectors.joining(","));
	}

	private void post(String what, Object body) throws ApiException, InterruptedException {
		calls.change(POST, path + what, body, Map.of());
	}

	/** The history of a series, as means over a step. */
	public Series history(SeriesId id, Instant from, Instant to, Duration step) throws ApiException, InterruptedException {
		JsonNode view = calls.get(series(id) + "history?from=" + from + "&to=" + to + "&step=" + step);
		double[] values = StreamSupport.stream(view.path("values").spliterator(), false).mapToDouble(one -> one.isNumber() ? one.doubleValue() : Double.NaN).toArray();
		Instant start = ApiJson.read(view.path("start"), Instant.class);
		Duration distance = ApiJson.read(view.path("step"), Duration.class);
		return values.length == 0 ? Series.empty(start, distance, view.path("reason").asText("The server has no values.")) : new Series(start, distance, values, "");
	}

	/** A forecast at any leads up to 90 days. */
	public Forecast path(SeriesId id, List<Duration> leads) throws ApiException, InterruptedException {
		return ApiJson.read(calls.get(series(id) + "forecast/path?leads=" + joined(leads)), Forecast.class);
	}

	/** The parts of a forecast; empty where the model cannot tell. */
	public List<Part> parts(SeriesId id, List<Duration> leads) throws ApiException, InterruptedException {
		return List.of(ApiJson.read(calls.get(series(id) + "forecast/parts?leads=" + joined(leads)), Part[].class));
	}

	/** What is known of the forecasts of a series. */
	public Quality quality(SeriesId id) throws ApiException, InterruptedException {
		return ApiJson.read(calls.get(series(id) + "quality"), Quality.class);
	}

	/** What takes long: back-tests and trainings of a series. */
	public Training training(SeriesId id) {
		return new Training(calls, series(id), id);
	}

	/** What was decided. */
	public Decisions decisions() throws ApiException, InterruptedException {
		return ApiJson.read(calls.get(path + "decisions"), Decisions.class);
	}

	/** The newest state with forecasts and shadows that reach to a moment, up to 90 days ahead. */
	public WeaverState state(Instant until) throws ApiException, InterruptedException {
		try {
			return StateReader.full(calls.get(path + "state?until=" + until));
		} catch (IOException e) {
			throw new ApiException("The state that the server has sent cannot be read: " + e.getMessage(), e);
		}
	}

	/**
	 * Solves a scenario from the newest tick of the server.
	 *
	 * @throws ScenarioException in the words of the server, naming the change that does not fit the estate
	 */
	public Imagined imagine(Scenario scenario) throws ApiException, ScenarioException, InterruptedException {
		JsonNode solved;
		try {
			solved = calls.change(POST, path + "scenarios/imagine", ScenarioFile.text(scenario), Map.of());
		} catch (ApiException e) {
			if (e.status() == UNFIT) {
				throw new ScenarioException(e.getMessage());
			}
			throw e;
		}
		Sides sides = ApiJson.read(solved, Sides.class);
		Outcome outcome = new Outcome(scenario, sides.origin(), sides.horizon(), sides.before(), sides.after(), sides.ratios(), sides.notes());
		try {
			return new Imagined(outcome, StateReader.full(solved.path("state")));
		} catch (IOException e) {
			throw new ApiException("What the server has imagined cannot be read: " + e.getMessage(), e);
		}
	}

	private record Sides(Instant origin, Duration horizon, Outcome.Side before, Outcome.Side after, List<Outcome.Ratio> ratios, List<String> notes) {
	}

	/** Proposes what a scenario adds: plans that wait for the approval of a person. */
	public Commit commit(Scenario scenario) throws ApiException, InterruptedException {
		return committed(scenario, "commit");
	}

	/** What {@link #commit} would propose; changes nothing. */
	public Commit preview(Scenario scenario) throws ApiException, InterruptedException {
		return committed(scenario, "preview");
	}

	/** The server commits what it keeps, so it keeps it for that long, under a name that nobody would give. */
	private Commit committed(Scenario scenario, String what) throws ApiException, InterruptedException {
		String text = ScenarioFile.text(scenario);
		String kept = path + "scenarios/attached-" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
		calls.change(PUT, kept, text, Map.of());
		try {
			return ApiJson.read(calls.change(POST, kept + "/" + what, null, Map.of()), Commit.class);
		} finally {
			calls.change("DELETE", kept, null, Map.of());
		}
	}

	/** Somebody has seen an alert. */
	public void acknowledge(String alert) throws ApiException, InterruptedException {
		post("alerts/" + ApiCalls.piece(alert) + "/acknowledge", null);
	}

	/** Approves a plan. */
	public void approve(String plan) throws ApiException, InterruptedException {
		post("plans/" + ApiCalls.piece(plan) + "/approve", null);
	}

	/** Rejects a plan. */
	public void reject(String plan) throws ApiException, InterruptedException {
		post("plans/" + ApiCalls.piece(plan) + "/reject", null);
	}

	/** What a plan that waits would do now. */
	public DryRun dryRun(String plan) throws ApiException, InterruptedException {
		return ApiJson.read(calls.change(POST, path + "plans/" + ApiCalls.piece(plan) + "/dry-run", null, Map.of()), DryRun.class);
	}

	/** Cancels what was not called yet, by its token. */
	public void cancel(String token) throws ApiException, InterruptedException {
		post("queue/" + ApiCalls.piece(token) + "/cancel", null);
	}

	/** Stops all new calls, or allows them again. */
	public void killSwitch(boolean on) throws ApiException, InterruptedException {
		post("automation/kill-switch/" + (on ? "on" : "off"), null);
	}

	private record ModeChange(Mode mode) {
	}

	/** Sets how far automation may go for a group. */
	public void mode(String group, Mode mode) throws ApiException, InterruptedException {
		calls.change(PUT, group(group) + "mode", new ModeChange(mode), Map.of());
	}

	private String group(String group) {
		return path + "automation/groups/" + ApiCalls.piece(group) + "/";
	}

	/** Lets automation go on for a group that was halted. */
	public void resume(String group) throws ApiException, InterruptedException {
		calls.change(POST, group(group) + "resume", null, Map.of());
	}

	private record CapRaise(int max, Instant until) {
	}

	/** Allows a group more members for a while. */
	public void raiseCap(String group, int max, Instant until) throws ApiException, InterruptedException {
		calls.change(POST, group(group) + "cap", new CapRaise(max, until), Map.of());
	}

	private record Thaw(Instant until, String reason) {
	}

	/** Allows changes in freeze windows for a while. */
	public void thaw(String group, Instant until, String reason) throws ApiException, InterruptedException {
		calls.change(POST, group(group) + "thaw", new Thaw(until, reason), Map.of());
	}

	private String machine(String account, String instance) {
		return path + "machines/" + ApiCalls.piece(account) + "/" + ApiCalls.piece(instance) + "/";
	}

	private record Adoption(String group) {
	}

	/** Takes a machine of which the journal knows nothing into a group. */
	public void adopt(String account, String instance, String group) throws ApiException, InterruptedException {
		calls.change(POST, machine(account, instance) + "adopt", new Adoption(group), Map.of());
	}

	/** Removes such a machine. */
	public void remove(String account, String instance) throws ApiException, InterruptedException {
		calls.change(POST, machine(account, instance) + "remove", null, Map.of());
	}

	private record Review(Instant until) {
	}

	/** Says that a machine is still needed, and when it is to be reviewed again. */
	public void prolong(String account, String instance, Instant until) throws ApiException, InterruptedException {
		calls.change(POST, machine(account, instance) + "review", new Review(until), Map.of());
	}

	/**
	 * Changes thresholds, one after the other; where one is refused, those before it hold.
	 *
	 * @param before what the person has seen
	 * @param after  what is to hold
	 */
	public void thresholds(List<Threshold> before, List<Threshold> after) throws ApiException, InterruptedException {
		Map<String, Threshold> was = byId(before);
		Map<String, Threshold> is = byId(after);
		for (Threshold one : after) {
			Threshold old = was.get(one.id());
			if (!one.equals(old)) {
				calls.change(PUT, path + "thresholds/" + ApiCalls.piece(one.id()), one, old == null ? Map.of("If-None-Match", "*") : Map.of("If-Match", "*"));
			}
		}
		for (Threshold one : before) {
			if (!is.containsKey(one.id())) {
				calls.change("DELETE", path + "thresholds/" + ApiCalls.piece(one.id()), null, Map.of("If-Match", "*"));
			}
		}
	}

	private static Map<String, Threshold> byId(List<Threshold> all) {
		return all.stream().collect(Collectors.toMap(Threshold::id, Function.identity(), (one, other) -> other));
	}

	/** The audit trail from its beginning. */
	public List<AuditEntry> audit() throws ApiException, InterruptedException {
		List<AuditEntry> all = new ArrayList<>();
		Optional<String> after = Optional.empty();
		do {
			JsonNode page = calls.get(path + "audit?limit=" + PAGE + after.map(one -> "&after=" + one).orElse(""));
			all.addAll(List.of(ApiJson.read(page.path("items"), AuditEntry[].class)));
			after = Optional.ofNullable(page.path("next").textValue());
		} while (after.isPresent());
		return all;
	}

	/** Whether the trail is whole, as the server has checked it. */
	public AuditCheck auditCheck() throws ApiException, InterruptedException {
		return ApiJson.read(calls.get(path + "audit/check"), AuditCheck.class);
	}
}
