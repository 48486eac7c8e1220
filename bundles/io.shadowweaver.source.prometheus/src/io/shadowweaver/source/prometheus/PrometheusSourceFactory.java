// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.prometheus;

import java.util.ArrayList;
import java.util.List;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.source.GroupPreview;
import io.shadowweaver.api.source.GroupPreviewer;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.MetricSourceFactory;

/** Opens a Prometheus, and shows beforehand which group each of its resources would be in. */
public final class PrometheusSourceFactory implements MetricSourceFactory, GroupPreviewer {
	@Override
	public MetricSource open(Settings settings, PluginContext context) throws PluginException {
		return new PrometheusSource(PrometheusSettings.of(settings), context.clock());
	}

	@Override
	public GroupPreview preview(Settings settings) throws PluginException {
		PrometheusSettings checked = PrometheusSettings.of(settings);
		Hosts hosts = new Hosts(checked);
		try (PrometheusClient client = new PrometheusClient(checked.connection())) {
			List<String> problems = new ArrayList<>();
			hosts.discover(client, null, problems);
			GroupPreview preview = hosts.preview();
			if (preview.groups().isEmpty() && preview.unmatched().isEmpty() && !problems.isEmpty()) {
				throw new PluginException(problems.get(0));
			}
			return preview;
		}
	}
}
