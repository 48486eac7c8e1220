// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

import io.shadowweaver.scene.Plot.Shelf;
import io.shadowweaver.scene.Seats.Seat;
import io.shadowweaver.scene.Tenants.Address;
import io.shadowweaver.scene.Tenants.Row;

/** The plots of all regions and who stands on them. Once made it is not changed: {@link #next} makes another one. */
final class Ground {
	static final float REGION_GAP = 2.2f;
	/** Regions with others behind them claim this much more than they use, so that they can grow where they are. */
	private static final float SLACK = 1.25f;
	/** So many regions stand side by side at most. */
	private static final int WIDEST = 64;

	/** New ground is so wide and so deep at least, so that it need not be looked for soon again. */
	private static final int LEAST_COLUMNS = 4;
	private static final float LEAST_DEPTH = 12;

	/** A slot. */
	record Spot(Plot plot, String zone, int shelf, int slot) {
		Seats seats() {
			return plot.known(zone, shelf);
		}
	}

	private final TreeMap<String, List<Plot>> regions = new TreeMap<>(NaturalOrder.INSTANCE);
	private long now = Long.MIN_VALUE;
	private long moved;
	private long restless = Long.MAX_VALUE;

	/** All plots by region. */
	Map<String, List<Plot>> regions() {
		return regions;
	}

	/** When somebody may move next, in milliseconds of the epoch, though nobody comes or goes. */
	long restless() {
		return restless;
	}

	/** The first ground of a topology: a function of its content. */
	static Ground first(Tenants tenants, long now) {
		Ground ground = new Ground();
		ground.now = now;
		ground.moved = now;
		tenants.sorted().forEach((region, zones) -> {
			Map<Row, Integer> rows = new TreeMap<>(tenants.order());
			zones.forEach((zone, mine) -> mine.forEach((row, members) -> rows.merge(row, members.size() + tenants.spare(row, members.size(), zones.size()),
					Math::max)));
			Plot plot = new Plot(region, 1, List.copyOf(zones.keySet()), rows);
			zones.forEach((zone, mine) -> {
				for (int shelf = 0; shelf < plot.shelves().size(); shelf++) {
					Seats seats = mine.containsKey(plot.shelves().get(shelf).row()) ? plot.seats(zone, shelf) : null;
					for (String identity : mine.getOrDefault(plot.shelves().get(shelf).row(), List.of())) {
						seats.sit(seats.size(), identity);
					}
				}
			});
			ground.regions.put(region, new ArrayList<>(List.of(plot)));
		});
		ground.pack();
		return ground;
	}

	/** Regions in lines, as nearly square as can be. */
	private void pack() {
		List<Plot> plots = regions.values().stream().map(List::getFirst).toList();
		int best = 1;
		float bestSide = Float.MAX_VALUE;
		for (int across = 1; across <= Math.min(plots.size(), WIDEST); across++) {
			float side = lines(plots, across);
			if (side < bestSide) {
				bestSide = side;
				best = across;
			}
		}
		lines(plots, best);
	}

	/** Puts them in lines of so many, and tells the longer side of the whole. */
	private static float lines(List<Plot> plots, int across) {
		float widest = 0;
		float y = 0;
		for (int from = 0; from < plots.size(); from += across) {
			boolean back = from + across >= plots.size();
			float x = 0;
			float deepest = 0;
			for (Plot plot : plots.subList(from, Math.min(from + across, plots.size()))) {
				plot.x = x;
				plot.y = y;
				plot.depth = plot.usedDepth() * (back ? 1 : SLACK);
				x += plot.width + REGION_GAP;
				deepest = Math.max(deepest, plot.depth);
			}
			widest = Math.max(widest, x);
			y += deepest + REGION_GAP;
		}
		return Math.max(widest, y);
	}

	/** @see Layout#next */
	Ground next(Tenants tenants, long time, Set<String> held) {
		Ground next = new Ground();
		next.now = Math.max(now, time);
		next.moved = moved;
		regions.forEach((region, plots) -> next.regions.put(region, new ArrayList<>(plots.stream().map(Plot::copy).toList())));
		Map<Address, Spot> known = next.spots();
		long strangers = tenants.addresses().stream().filter(address -> !known.containsKey(address)).count();
		if (strangers > tenants.size() - strangers) {
			return first(tenants, next.now);
		}
		known.forEach((address, spot) -> {
			Seat seat = spot.seats().at(spot.slot());
			boolean there = tenants.at(address) != null;
			if (seat.taken() && !there) {
				spot.seats().leave(spot.slot(), next.now);
			} else if (!seat.taken() && there) {
				spot.seats().sit(spot.slot(), seat.identity());
			}
		});
		tenants.sorted().forEach((region, zones) -> zones.forEach((zone, rows) -> rows.forEach((row, members) -> {
			List<String> strange = members.stream().filter(identity -> !known.containsKey(new Address(region, zone, row, identity))).toList();
			if (!strange.isEmpty()) {
				next.seat(region, zone, row, strange);
			}
		})));
		next.heal(tenants, held);
		return next;
	}

	/** Everybody who is here, or was and whose slot nobody else has. */
	private Map<Address, Spot> spots() {
		Map<Address, Spot> spots = new HashMap<>();
		regions.forEach((region, plots) -> plots.forEach(plot -> plot.zones().forEach(zone -> {
			for (int shelf = 0; shelf < plot.shelves().size(); shelf++) {
				Seats seats = plot.known(zone, shelf);
				for (int slot = 0; seats != null && slot < seats.size(); slot++) {
					if (seats.at(slot) != null) {
						spots.merge(new Address(region, zone, plot.shelves().get(shelf).row(), seats.at(slot).identity()), new Spot(plot, zone, shelf, slot),
								(one, other) -> one.seats().at(one.slot()).taken() ? one : other);
					}
				}
			}
		})));
		return spots;
	}

	/** Who left after this may come back. */
	private long since() {
		return now - Layout.HEAL_AFTER.toMillis();
	}

	private boolean free(Seat seat) {
		return seat == null || seat.left() <= since();
	}

	/** Seats who is new: where nobody is or was for long, then in the oldest of too many gaps, then on new ground. */
	private void seat(String region, String zone, Row row, List<String> strangers) {
		List<Plot> plots = regions.computeIfAbsent(region, r -> new ArrayList<>());
		List<Spot> free = new ArrayList<>();
		List<Spot> gaps = new ArrayList<>();
		int members = 0;
		int cells = 0;
		for (Plot plot : plots) {
			for (int shelf = 0; plot.zones().contains(zone) && shelf < plot.shelves().size(); shelf++) {
				if (plot.shelves().get(shelf).isOf(row)) {
					Seats seats = plot.seats(zone, shelf);
					int here = plot.shelves().get(shelf).cells();
					cells += here;
					for (int slot = 0; slot < here; slot++) {
						Seat seat = seats.at(slot);
						if (free(seat)) {
							free.add(new Spot(plot, zone, shelf, slot));
						} else if (seat.taken()) {
							members++;
						} else {
							gaps.add(new Spot(plot, zone, shelf, slot));
						}
					}
				}
			}
		}
		gaps.sort(Comparator.comparingLong(spot -> spot.seats().at(spot.slot()).left()));
		int next = 0;
		while (next < strangers.size() && next < free.size()) {
			sit(free.get(next), strangers.get(next++));
		}
		members += next;
		for (int gap = 0; next < strangers.size() && gaps.size() - gap > members; gap++) {
			sit(gaps.get(gap), strangers.get(next++));
			members++;
		}
		List<String> rest = strangers.subList(next, strangers.size());
		if (!rest.isEmpty() && plots.stream().anyMatch(plot -> !plot.zones().contains(zone) && plot.has(row) && plot.open(zone, room(plot)))) {
			seat(region, zone, row, rest);
		} else if (!rest.isEmpty()) {
			Spot from = extend(plots, region, zone, row, Math.max(Math.max(rest.size(), cells / 8), 2), rest.size());
			for (int i = 0; i < rest.size(); i++) {
				sit(new Spot(from.plot(), zone, from.shelf(), from.slot() + i), rest.get(i));
			}
		}
	}

	private static void sit(Spot spot, String identity) {
		spot.plot().seats(spot.zone(), spot.shelf()).sit(spot.slot(), identity);
	}

	/** New cells of a row: on a plot of the region where there is room, else on new ground outside of all others. */
	private Spot extend(List<Plot> plots, String region, String zone, Row row, int generous, int needed) {
		for (int cells : new int[] { generous, needed }) {
			for (Plot plot : plots) {
				if (plot.open(zone, room(plot))) {
					int before = plot.shelves().size();
					int last = before == 0 || !plot.shelves().getLast().isOf(row) ? 0 : plot.shelves().getLast().cells();
					int shelf = plot.extend(row, cells, room(plot));
					if (shelf >= 0) {
						return new Spot(plot, zone, shelf, shelf < before && shelf == before - 1 ? last : 0);
					}
				}
			}
		}
		Plot first = plots.isEmpty() ? null : plots.getFirst();
		Plot plot = new Plot(region, first == null ? 1 : plots.getLast().number + 1, List.of(zone), Map.of(row, generous),
				Math.max(LEAST_COLUMNS, first == null ? (int) Math.sqrt(generous) : first.columns()));
		plot.claim(first == null ? 2 : Math.max(2, first.zones().size()), Math.max(LEAST_DEPTH, first == null ? 0 : first.usedDepth() / 2));
		settle(plot);
		plots.add(plot);
		return new Spot(plot, zone, 0, 0);
	}

	private List<Plot> plots() {
		return regions.values().stream().flatMap(List::stream).toList();
	}

	private BiPredicate<Float, Float> room(Plot plot) {
		return (width, depth) -> isFree(plot, plot.x, plot.y, width, depth);
	}

	private boolean isFree(Plot except, float x, float y, float width, float depth) {
		return plots().stream().allMatch(other -> other == except || x + width + REGION_GAP * .99f <= other.x || other.x + other.width + REGION_GAP * .99f <= x
				|| y + depth + REGION_GAP * .99f <= other.y || other.y + other.depth + REGION_GAP * .99f <= y);
	}

	/** Finds a place beside or behind one of the others that keeps the whole as nearly square as it can be. */
	private void settle(Plot plot) {
		List<Plot> others = plots();
		float best = Float.MAX_VALUE;
		float right = 0;
		float back = 0;
		for (Plot other : others) {
			right = Math.max(right, other.x + other.width + REGION_GAP);
			back = Math.max(back, other.y + other.depth + REGION_GAP);
		}
		List<float[]> corners = new ArrayList<>(List.of(new float[] { right, 0 }, new float[] { 0, back }));
		for (Plot other : others.subList(Math.max(0, others.size() - WIDEST), others.size())) {
			corners.add(new float[] { other.x + other.width + REGION_GAP, other.y });
			corners.add(new float[] { other.x, other.y + other.depth + REGION_GAP });
		}
		for (float[] corner : corners) {
			float side = Math.max(corner[0] + plot.width, corner[1] + plot.depth);
			if (side < best && isFree(plot, corner[0], corner[1], plot.width, plot.depth)) {
				best = side;
				plot.x = corner[0];
				plot.y = corner[1];
			}
		}
	}

	/**
	 * The slots of a row in a zone that are free though somebody stands behind them.
	 *
	 * @param hole  the one that is free first
	 * @param due   when
	 * @param taken those behind it in which somebody stands, the last one last
	 */
	private record Hole(Spot hole, long due, List<Spot> taken) {
	}

	private List<Hole> holes(Plot plot, String zone) {
		Map<Row, List<Spot>> slots = new LinkedHashMap<>();
		for (int shelf = 0; shelf < plot.shelves().size(); shelf++) {
			Seats seats = plot.known(zone, shelf);
			for (int slot = 0; seats != null && slot < seats.size(); slot++) {
				slots.computeIfAbsent(plot.shelves().get(shelf).row(), row -> new ArrayList<>()).add(new Spot(plot, zone, shelf, slot));
			}
		}
		List<Hole> holes = new ArrayList<>();
		slots.values().forEach(spots -> {
			long due = Long.MAX_VALUE;
			int at = -1;
			int last = -1;
			for (int i = 0; i < spots.size(); i++) {
				Seat seat = spots.get(i).seats().at(spots.get(i).slot());
				last = seat != null && seat.taken() ? i : last;
			}
			for (int i = 0; i < last; i++) {
				Seat seat = spots.get(i).seats().at(spots.get(i).slot());
				long when = seat == null ? Long.MIN_VALUE : seat.taken() ? Long.MAX_VALUE : seat.left() + Layout.HEAL_AFTER.toMillis();
				if (when < due) {
					due = when;
					at = i;
				}
			}
			if (at >= 0) {
				holes.add(new Hole(spots.get(at), due, spots.subList(at + 1, last + 1).stream().filter(spot -> {
					Seat seat = spot.seats().at(spot.slot());
					return seat != null && seat.taken();
				}).toList()));
			}
		});
		return holes;
	}

	/** Closes one old gap in each zone, when nothing has been moved for a while, and gives up what nobody has needed for long. */
	private void heal(Tenants tenants, Set<String> held) {
		boolean rested = now - moved >= Layout.PACE.toMillis();
		restless = Long.MAX_VALUE;
		boolean due = false;
		for (Plot plot : plots()) {
			for (String zone : plot.zones()) {
				List<Hole> holes = holes(plot, zone);
				holes.sort(Comparator.comparingLong(Hole::due));
				if (rested && !holes.isEmpty() && holes.getFirst().due() <= now) {
					due = true;
					close(holes.getFirst(), tenants, held);
					holes = holes(plot, zone);
				}
				restless = holes.stream().mapToLong(Hole::due).reduce(restless, Math::min);
			}
		}
		moved = due ? now : moved;
		restless = restless == Long.MAX_VALUE ? restless : Math.max(restless, moved + Layout.PACE.toMillis());
		regions.values().forEach(plots -> plots.removeIf(plot -> plot.tidy(since())));
		regions.values().removeIf(List::isEmpty);
	}

	/** The last one that is not held moves into the hole. */
	private void close(Hole hole, Tenants tenants, Set<String> held) {
		for (Spot spot : hole.taken().reversed()) {
			String identity = spot.seats().at(spot.slot()).identity();
			Row row = spot.plot().shelves().get(spot.shelf()).row();
			if (!held.contains(tenants.at(new Address(spot.plot().region, spot.zone(), row, identity)).id())) {
				spot.seats().vacate(spot.slot(), now);
				sit(hole.hole(), identity);
				return;
			}
		}
	}
}
