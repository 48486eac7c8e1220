// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.csv;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.MetricSourceFactory;

/** Opens CSV files for replay. */
public final class CsvSourceFactory implements MetricSourceFactory {
	@Override
	public MetricSource open(Settings settings, PluginContext context) throws PluginException {
		Path file = settings.path("file");
		if (!Files.isRegularFile(file)) {
			throw new PluginException("File (file): there is no file " + file.toAbsolutePath() + ".");
		}
		double cores = settings.number("cores");
		if (!(cores > 0)) {
			throw new PluginException("Cores (cores): must be over 0, not " + settings.text("cores") + ".");
		}
		Duration step = settings.has("step") ? settings.duration("step") : Duration.ZERO;
		if (settings.has("step") && step.toMillis() < 1) {
			throw new PluginException("Step (step): must be at least a millisecond, not " + settings.text("step") + ".");
		}
		return new CsvSource(file, step, Warmup.parse(settings.text("warmup")), new Grouping(settings.text("groups")), settings.text("kind"), cores,
				Totals.parse(settings.text("counters")));
	}
}
