// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.SeriesId;

/**
 * The newest value and forecast of every series, in pages of {@value #PAGE} that are copied when written: two states share
 * the pages that did not change, and the difference of two states is a list of pages. Immutable; made by a {@link Builder}.
 */
public final class SeriesPages {
	/** Series in a page. */
	public static final int PAGE = 1024;

	private record Page(double[] values, long[] times, Forecast[] forecasts) {
		Page() {
			this(new double[PAGE], new long[PAGE], new Forecast[PAGE]);
			Arrays.fill(values, Double.NaN);
			Arrays.fill(times, Long.MIN_VALUE);
		}

		Page copy() {
			return new Page(values.clone(), times.clone(), forecasts.clone());
		}
	}

	private final SeriesIndex index;
	private final Page[] pages;
	private final int size;

	private SeriesPages(SeriesIndex index, Page[] pages, int size) {
		this.index = index;
		this.pages = pages;
		this.size = size;
	}

	/** No series yet. */
	public static SeriesPages empty(SeriesIndex index) {
		return new SeriesPages(index, new Page[0], 0);
	}

	/** The number of series; their slots are 0 … size-1. */
	public int size() {
		return size;
	}

	/** The series of a slot. */
	public SeriesId id(int slot) {
		return index.id(slot);
	}

	/** The slot of a series, or -1 when it is not here. */
	public int slot(SeriesId id) {
		int slot = index.slot(id);
		return slot < size ? slot : -1;
	}

	/** The newest value of a slot; {@code NaN} where there is none. */
	public double value(int slot) {
		return pages[slot / PAGE].values[slot % PAGE];
	}

	/** The newest value of a series; {@code NaN} where there is none. */
	public double value(SeriesId id) {
		int slot = slot(id);
		return slot < 0 ? Double.NaN : value(slot);
	}

	/** When the newest value of a slot was measured, in milliseconds of the epoch; {@link Long#MIN_VALUE} for never. */
	public long time(int slot) {
		return pages[slot / PAGE].times[slot % PAGE];
	}

	/** The forecast of a slot; empty before the first was asked for. */
	public Optional<Forecast> forecast(int slot) {
		return Optional.ofNullable(pages[slot / PAGE].forecasts[slot % PAGE]);
	}

	/** The forecast of a series. */
	public Optional<Forecast> forecast(SeriesId id) {
		int slot = slot(id);
		return slot < 0 ? Optional.empty() : forecast(slot);
	}

	/** The numbers of the pages that differ from an older state of the same estate. */
	public List<Integer> dirtyPages(SeriesPages older) {
		List<Integer> dirty = new ArrayList<>();
		for (int i = 0; i < pages.length; i++) {
			if (i >= older.pages.length || older.pages[i] != pages[i] || (i + 1) * PAGE > older.size && size > older.size) {
				dirty.add(i);
			}
		}
		return dirty;
	}

	/** Starts the next state from this one. */
	public Builder next() {
		return new Builder(this);
	}

	/** Writes the next state; for one thread. Copies a page at its first write. */
	public static final class Builder {
		private final SeriesIndex index;
		private Page[] pages;
		private final BitSet own = new BitSet();

		private Builder(SeriesPages base) {
			index = base.index;
			pages = base.pages.clone();
		}

		/** The slot of a series, new or known. */
		public int slot(SeriesId id) {
			return index.add(id);
		}

		/** Sets the newest value of a slot. */
		public void value(int slot, long time, double value) {
			Page page = writable(slot);
			page.values[slot % PAGE] = value;
			page.times[slot % PAGE] = time;
		}

		/** Sets the forecast of a slot. */
		public void forecast(int slot, Forecast forecast) {
			writable(slot).forecasts[slot % PAGE] = forecast;
		}

		private Page writable(int slot) {
			int number = slot / PAGE;
			if (number >= pages.length) {
				int old = pages.length;
				pages = Arrays.copyOf(pages, number + 1);
				for (int i = old; i <= number; i++) {
					pages[i] = new Page();
					own.set(i);
				}
			}
			if (!own.get(number)) {
				pages[number] = pages[number].copy();
				own.set(number);
			}
			return pages[number];
		}

		/** The next state; the builder is not used any more. */
		public SeriesPages build() {
			index.publish();
			int size = index.size();
			if (size > 0) {
				writableUpTo(size - 1);
			}
			return new SeriesPages(index, pages, size);
		}

		private void writableUpTo(int slot) {
			if (slot / PAGE >= pages.length) {
				writable(slot);
			}
		}
	}
}
