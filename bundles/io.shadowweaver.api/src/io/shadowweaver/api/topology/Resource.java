// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.topology;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that carries load: a machine, a load balancer, a database.
 *
 * @param id           unique in the estate and stable over restarts; not blank, without the prefix of groups
 * @param kind         what it is: {@code host}, {@code vm}, {@code container}, {@code loadbalancer}, {@code database},
 *                     {@code cache}, {@code queue}, or any other word; decides its shape and default thresholds
 * @param name         what the operator reads
 * @param parent       the id of the resource that it runs on; empty for none
 * @param labels       facts by key; {@link #REGION}, {@link #ZONE}, {@link #CLUSTER}, {@link #PROVIDER}, {@link #TIER} and
 *                     {@link #INSTANCE} have a meaning to the product
 * @param capacity     by metric id, what 'full' is in the base unit: cores for {@code cpu}, bytes for {@code memory},
 *                     bytes a second for the network, requests a second
 * @param lifecycle    where it is between wish and end
 * @param construction how far it has come, present exactly while it {@linkplain Lifecycle#isComing() is coming}
 */
public record Resource(String id, String kind, String name, String parent, Map<String, String> labels,
		Map<String, Double> capacity, Lifecycle lifecycle, Optional<Construction> construction) {
	/** Label: the region. */
	public static final String REGION = "region";
	/** Label: the zone in the region. */
	public static final String ZONE = "zone";
	/** Label: the cluster that schedules it, such as one of Kubernetes; see {@link Topology#clusterOf}. */
	public static final String CLUSTER = "cluster";
	/** Label: the provider account or source that reported it. */
	public static final String PROVIDER = "provider";
	/** Label: the tier, such as {@code web}. */
	public static final String TIER = "tier";
	/** Label: the provider's own id; resources that agree on provider and instance are one. */
	public static final String INSTANCE = "instance.id";
	/** Label: the address under which others reach it. */
	public static final String ADDRESS = "address";
	/** Label: the id of the offer that it was made from. */
	public static final String OFFER = "offer";
	/** Label: what resizes it at the provider, such as an auto-scaling group; absent for what stands alone. */
	public static final String OWNER = "owner";
	/** Label: the token of the intent that created it. */
	public static final String TOKEN = "shadowweaver.token";

	/** Checks and copies. */
	public Resource {
		if (id.isBlank() || id.startsWith(io.shadowweaver.api.metric.SeriesId.GROUP_PREFIX)) {
			throw new IllegalArgumentException("resource id '" + id + "' is blank or reserved for groups");
		}
		Objects.requireNonNull(kind, "kind");
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(parent, "parent");
		Objects.requireNonNull(lifecycle, "lifecycle");
		labels = Map.copyOf(labels);
		capacity = Map.copyOf(capacity);
		capacity.forEach((metric, value) -> {
			if (!(value > 0) || value.isInfinite()) {
				throw new IllegalArgumentException("resource " + id + ": capacity of " + metric + " must be positive: " + value);
			}
		});
		if (construction.isPresent() != lifecycle.isComing()) {
			throw new IllegalArgumentException("resource " + id + " is " + lifecycle + " but construction is "
					+ (construction.isPresent() ? "given" : "missing"));
		}
	}

	/** A live resource. */
	public static Resource live(String id, String kind, String name, Map<String, String> labels, Map<String, Double> capacity) {
		return new Resource(id, kind, name, "", labels, capacity, Lifecycle.LIVE, Optional.empty());
	}

	/** The value of a label; empty where it is not set. */
	public String label(String key) {
		return labels.getOrDefault(key, "");
	}

	/** The capacity of a metric; {@code NaN} where it is not known. */
	public double capacity(String metric) {
		Double value = capacity.get(metric);
		return value == null ? Double.NaN : value;
	}

	/** The same with another value of a label. */
	public Resource with(String label, String value) {
		Map<String, String> others = new HashMap<>(labels);
		others.put(label, value);
		return new Resource(id, kind, name, parent, others, capacity, lifecycle, construction);
	}

	/** The same in another state that is no construction. */
	public Resource with(Lifecycle state) {
		return new Resource(id, kind, name, parent, labels, capacity, state, Optional.empty());
	}
}
