// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.state;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.state.WeaverState;

/**
 * An estate at one moment, and how it was looked at. Immutable.
 *
 * @param state   all that was known and forecast, both shadows included
 * @param view    how it was looked at: text by key, empty where it was not; what a window does not know it leaves alone
 * @param written when, in real time
 * @param product by which version of the product
 * @param models  what made the forecasts in {@code state}
 */
public record Snapshot(WeaverState state, Map<String, String> view, Instant written, String product, List<ModelUse> models) {
	/**
	 * A model and its training that made forecasts.
	 *
	 * @param model   its id
	 * @param version of its training
	 * @param series  how many series it forecast, 1 or more
	 */
	public record ModelUse(String model, String version, int series) {
		/** Checks. */
		public ModelUse {
			Objects.requireNonNull(model, "model");
			Objects.requireNonNull(version, "version");
			if (series < 1) {
				throw new IllegalArgumentException("a model that made no forecast is not named: " + model);
			}
		}
	}

	/** Copies. */
	public Snapshot {
		Objects.requireNonNull(state, "state");
		Objects.requireNonNull(written, "written");
		Objects.requireNonNull(product, "product");
		view = Map.copyOf(view);
		models = List.copyOf(models);
	}

	/** Of a state, with the models that it names. */
	public static Snapshot of(WeaverState state, Map<String, String> view, Instant written, String product) {
		record Key(String model, String version) {
		}
		Map<Key, Integer> uses = new TreeMap<>(Comparator.comparing(Key::model).thenComparing(Key::version));
		for (int slot = 0; slot < state.series().size(); slot++) {
			state.series().forecast(slot).filter(Forecast::isPresent).ifPresent(forecast -> uses.merge(new Key(forecast.model(), forecast.modelVersion()), 1, Integer::sum));
		}
		return new Snapshot(state, view, written, product, uses.entrySet().stream().map(use -> new ModelUse(use.getKey().model, use.getKey().version, use.getValue())).toList());
	}
}
