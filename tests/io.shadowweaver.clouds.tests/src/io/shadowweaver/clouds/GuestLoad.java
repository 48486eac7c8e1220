// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.source.BatchSink;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.SourceInfo;

/**
 * The simulated fleet behind a balancer that also hands load to machines of a real cloud, which run nothing: as soon as one runs, it
 * gets the share of one more web server, and each of the simulated ones has so much less to do.
 */
final class GuestLoad implements MetricSource {
	private static final String MEMBER = "web-";
	/** Processor utilisation of a simulated web server without a request. */
	private static final double IDLE = .05;

	private final MetricSource fleet;
	private final Supplier<Set<String>> guests;

	/**
	 * @param fleet  the simulated fleet
	 * @param guests the resources of the real cloud that run now
	 */
	GuestLoad(MetricSource fleet, Supplier<Set<String>> guests) {
		this.fleet = fleet;
		this.guests = guests;
	}

	@Override
	public SourceInfo info() throws PluginException {
		return fleet.info();
	}

	@Override
	public void backfill(Instant from, Instant to, BatchSink sink, Progress progress) throws PluginException {
		fleet.backfill(from, to, sink, progress);
	}

	@Override
	public Batch poll(Instant now) throws PluginException {
		Batch batch = fleet.poll(now);
		Set<String> running = guests.get();
		return running.isEmpty() ? batch : new Batch(batch.metrics(), batch.blocks(), batch.ticks().stream().map(tick -> shared(tick, running)).toList(), batch.changes(),
				batch.events(), List.of());
	}

	private static Tick shared(Tick tick, Set<String> running) {
		List<SeriesId> series = new ArrayList<>(tick.series());
		List<Double> values = new ArrayList<>();
		long members = tick.series().stream().filter(id -> id.metric().equals("requests") && id.subject().startsWith(MEMBER)).count();
		double share = (double) members / (members + running.size());
		double requests = 0;
		double cpu = 0;
		for (int i = 0; i < series.size(); i++) {
			SeriesId id = series.get(i);
			double value = tick.values()[i];
			if (id.subject().startsWith(MEMBER)) {
				switch (id.metric()) {
				case "requests" -> requests += value *= share;
				case "cpu" -> cpu += value = IDLE + (value - IDLE) * share;
				case "network.in", "network.out" -> value *= share;
				default -> {
					// memory, disk and latency stay
				}
				}
			}
			values.add(value);
		}
		for (String guest : running) {
			series.add(new SeriesId(guest, "requests"));
			values.add(requests / members);
			series.add(new SeriesId(guest, "cpu"));
			values.add(cpu / members);
		}
		return new Tick(tick.time(), series, values.stream().mapToDouble(Double::doubleValue).toArray());
	}

	@Override
	public void close() {
		fleet.close();
	}
}
