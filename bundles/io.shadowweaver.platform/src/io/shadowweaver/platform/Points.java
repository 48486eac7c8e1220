// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import java.util.List;

/** The simple ids of the extension points of {@code io.shadowweaver.api}. */
public final class Points {
	/** Where extension points are declared. */
	public static final String NAMESPACE = "io.shadowweaver.api";
	/** Metric sources. */
	public static final String SOURCES = "metricSources";
	/** Forecast models. */
	public static final String MODELS = "forecastModels";
	/** Cloud providers. */
	public static final String PROVIDERS = "cloudProviders";
	/** Alert channels. */
	public static final String CHANNELS = "alertChannels";
	/** Blob stores. */
	public static final String STORES = "blobStores";
	/** Leases. */
	public static final String LEASES = "leases";
	/** All of them. */
	public static final List<String> ALL = List.of(SOURCES, MODELS, PROVIDERS, CHANNELS, STORES, LEASES);

	private Points() {
	}
}
