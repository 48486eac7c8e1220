// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.topology.TopologyChange;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.TestContext;

/**
 * A real cloud for an estate whose hours pass in seconds. It lives in real time, with which the plug-in compares its clock; and what
 * runs there is discovered anew only every few real seconds, not every few minutes of the estate, while nothing is made or removed. Lists, which decide, are always new.
 */
final class RealTimeCloud implements CloudProvider {
	private static final long FRESH = Duration.ofSeconds(2).toNanos();
	/** So long after something was made or removed there is news at any moment. */
	private static final long CHANGING = Duration.ofSeconds(60).toNanos();

	private final CloudProvider cloud;
	private List<TopologyChange> discovered = List.of();
	private long at = System.nanoTime() - FRESH;
	private long changed = System.nanoTime();

	private RealTimeCloud(CloudProvider cloud) {
		this.cloud = cloud;
	}

	/** The plug-in as a factory for such an estate. */
	static CloudProviderFactory factory(Declared plugin) {
		return (Settings settings, PluginContext context) -> new RealTimeCloud(plugin.make(CloudProviderFactory.class).open(settings,
				new TestContext(context.estate(), Instant::now, context.directory(), new ConcurrentHashMap<>())));
	}

	@Override
	public List<Offer> offers() throws PluginException {
		return cloud.offers();
	}

	@Override
	public List<Instance> list() throws PluginException {
		return cloud.list();
	}

	@Override
	public List<TopologyChange> discover() throws PluginException {
		if (System.nanoTime() - at >= FRESH || System.nanoTime() - changed < CHANGING) {
			discovered = cloud.discover();
			at = System.nanoTime();
		}
		return discovered;
	}

	@Override
	public Instance create(CreateRequest request) throws PluginException {
		changed = System.nanoTime();
		return cloud.create(request);
	}

	@Override
	public List<String> dryRun(CreateRequest request) throws PluginException {
		return cloud.dryRun(request);
	}

	@Override
	public void drain(String instance) throws PluginException {
		cloud.drain(instance);
	}

	@Override
	public void delete(String instance) throws PluginException {
		changed = System.nanoTime();
		cloud.delete(instance);
	}

	@Override
	public void setSize(String group, int size) throws PluginException {
		cloud.setSize(group, size);
	}

	@Override
	public Duration settling() {
		return cloud.settling();
	}

	@Override
	public void close() {
		cloud.close();
	}
}
