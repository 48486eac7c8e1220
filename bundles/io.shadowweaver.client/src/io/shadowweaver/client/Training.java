// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.client;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.forecasting.BackTestRequest;

/** What takes long on the server: it is begun, looked at until it has ended, and ended there when it is cancelled here. */
public final class Training {
	private static final long LOOK_MILLIS = 500;
	private static final String JOBS = "api/v1/jobs/";

	private final ApiCalls calls;
	private final String path;
	private final SeriesId id;

	Training(ApiCalls calls, String path, SeriesId id) {
		this.calls = calls;
		this.path = path;
		this.id = id;
	}

	/**
	 * Judges models. Blocks for as long as it takes.
	 *
	 * @throws CancellationException when it was cancelled
	 */
	public BackTestReport backTest(BackTestRequest request, Progress progress) throws ApiException, InterruptedException {
		JsonNode job = await(calls.change("POST", path + "backtests", request, Map.of()), progress);
		return ApiJson.read(calls.get(JOBS + job.path("id").asText() + "/report"), BackTestReport.class);
	}

	/**
	 * Trains the series. Blocks for as long as it takes.
	 *
	 * @return how many were trained
	 * @throws CancellationException when it was cancelled
	 */
	public int retrain(Progress progress) throws ApiException, InterruptedException {
		return await(calls.change("POST", path + "retrain", null, Map.of()), progress).path("trained").asInt();
	}

	/**
	 * Pins the model, or lets past errors choose it again. Blocks for as long as it takes.
	 *
	 * @param model its id; empty for none
	 * @throws CancellationException when it was cancelled
	 */
	public void pin(Optional<String> model, Progress progress) throws ApiException, InterruptedException {
		await(model.isPresent() ? calls.change("PUT", path + "pin", Map.of("model", model.get()), Map.of()) : calls.change("DELETE", path + "pin", null, Map.of()), progress);
	}

	private JsonNode await(JsonNode begun, Progress progress) throws ApiException, InterruptedException {
		String job = begun.path("id").asText("");
		if (job.isEmpty()) {
			return begun;
		}
		while (true) {
			JsonNode now = calls.get(JOBS + ApiCalls.piece(job));
			String sentence = now.path("sentence").asText("");
			switch (now.path("state").asText()) {
			case "DONE":
				return now;
			case "FAILED":
				throw new ApiException("The server could not do that for " + id + ": " + sentence, null);
			case "CANCELLED":
				throw new CancellationException("It was cancelled on the server.");
			default:
				progress.report(now.path("progress").asDouble(), sentence);
			}
			if (progress.isCancelled()) {
				calls.change("DELETE", JOBS + ApiCalls.piece(job), null, Map.of());
				throw new CancellationException("It was cancelled.");
			}
			Thread.sleep(LOOK_MILLIS);
		}
	}
}
