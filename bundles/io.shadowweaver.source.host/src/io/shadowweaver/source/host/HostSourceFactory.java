// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.host;

import java.time.Duration;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.MetricSourceFactory;

/** Opens the source of this machine. */
public final class HostSourceFactory implements MetricSourceFactory {
	@Override
	public MetricSource open(Settings settings, PluginContext context) throws PluginException {
		Duration step = settings.duration("step");
		if (step.compareTo(Duration.ofSeconds(1)) < 0) {
			throw new PluginException("Step (step): must be at least a second, not " + settings.text("step") + ".");
		}
		try {
			return new HostSource(new OshiProbe(), step);
		} catch (LinkageError | RuntimeException e) {
			throw new PluginException("This machine cannot be read: the native access of OSHI does not work here (" + e.getMessage() + ").", e);
		}
	}
}
