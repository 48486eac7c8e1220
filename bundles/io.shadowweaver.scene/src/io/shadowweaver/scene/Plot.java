// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

import io.shadowweaver.scene.Tenants.Row;

/**
 * A rectangle of the ground that a region has for itself. Its zones are strips side by side; shelves cross all of them, so that a
 * group has the same row in each. It only ever grows away from what is on it: shelves are added behind, strips at the right.
 * Changed only while a {@link Ground} is made.
 */
final class Plot {
	private static final float ROW_GAP = .55f;
	/** What more there is between two clusters. */
	private static final float CLUSTER_GAP = .3f;
	static final float CLUSTER_PAD = .2f;
	static final float ZONE_PAD = .35f;
	static final float ZONE_GAP = .5f;
	static final float REGION_PAD = .5f;
	/** With more rows than this, small ones share a line. */
	private static final int MANY = 10;

	/**
	 * Cells of a row, in all zones at the same distance from the front.
	 *
	 * @param row    whose they are
	 * @param number of the shelf among those of the row on the plot, from 1; 0 for one that was given up
	 * @param x      cells from the left of the strip
	 * @param y      from the front of the strip
	 * @param width  cells, 1 or more
	 * @param depth  cells, 1 or more
	 */
	record Shelf(Row row, int number, int x, float y, int width, int depth) {
		int cells() {
			return width * depth;
		}

		boolean isOf(Row other) {
			return number > 0 && row.equals(other);
		}
	}

	final String region;
	/** 1 for where the region began, more for ground that it had to take elsewhere. */
	final int number;
	private final int columns;
	private final boolean share;
	float x;
	float y;
	/** What it claims, which may be more than it uses. */
	float width;
	float depth;
	/** Zones from left to right; {@code null} for a strip that was given up. */
	private final List<String> zones;
	private final List<Shelf> shelves;
	/** By zone, beside the shelves; {@code null} where nobody ever was. */
	private final Map<String, List<Seats>> seats = new HashMap<>();

	/** Of a plot that has no place yet. */
	Plot(String region, int number, List<String> zones, Map<Row, Integer> rows) {
		this(region, number, zones, rows, columns(rows, zones.size()));
	}

	Plot(String region, int number, List<String> zones, Map<Row, Integer> rows, int columns) {
		this.region = region;
		this.number = number;
		this.zones = new ArrayList<>(zones);
		this.columns = columns;
		share = rows.size() > MANY;
		shelves = shelves(rows, columns);
		width = usedWidth();
		depth = usedDepth();
	}

	private Plot(Plot other) {
		region = other.region;
		number = other.number;
		columns = other.columns;
		share = other.share;
		x = other.x;
		y = other.y;
		width = other.width;
		depth = other.depth;
		zones = new ArrayList<>(other.zones);
		shelves = new ArrayList<>(other.shelves);
		other.seats.forEach((zone, mine) -> {
			List<Seats> copies = new ArrayList<>(mine.size());
			mine.forEach(one -> copies.add(one == null ? null : one.copy()));
			seats.put(zone, copies);
		});
	}

	Plot copy() {
		return new Plot(this);
	}

	int columns() {
		return columns;
	}

	List<String> zones() {
		return zones;
	}

	List<Shelf> shelves() {
		return shelves;
	}

	/** Whether a row has a shelf here. */
	boolean has(Row row) {
		return shelves.stream().anyMatch(shelf -> shelf.isOf(row));
	}

	/** The slots of a shelf in a zone, which may be none yet; {@code null} where the zone has no strip. */
	Seats seats(String zone, int shelf) {
		if (!zones.contains(zone)) {
			return null;
		}
		List<Seats> mine = seats.computeIfAbsent(zone, z -> new ArrayList<>());
		while (mine.size() <= shelf) {
			mine.add(null);
		}
		if (mine.get(shelf) == null) {
			mine.set(shelf, new Seats());
		}
		return mine.get(shelf);
	}

	/** The slots of a shelf in a zone; {@code null} where nobody ever was. */
	Seats known(String zone, int shelf) {
		List<Seats> mine = seats.get(zone);
		return mine == null || shelf >= mine.size() ? null : mine.get(shelf);
	}

	/** The number of cells in a line that makes a region most nearly square. */
	private static int columns(Map<Row, Integer> rows, int zones) {
		int best = 1;
		double bestSkew = Double.MAX_VALUE;
		for (int columns = 1; columns <= 64; columns++) {
			double depth = shelves(rows, columns).stream().mapToDouble(shelf -> shelf.y + shelf.depth).max().orElse(0);
			double width = zones * (columns + 2 * ZONE_PAD + ZONE_GAP);
			double skew = Math.abs(Math.log(width / (depth + 2 * ZONE_PAD)));
			if (skew < bestSkew) {
				bestSkew = skew;
				best = columns;
			}
		}
		return best;
	}

	/** Rows one behind the other; where there are many small ones, several share a line. */
	private static List<Shelf> shelves(Map<Row, Integer> rows, int columns) {
		List<Shelf> shelves = new ArrayList<>();
		boolean share = rows.size() > MANY;
		rows.forEach((row, cells) -> {
			int depth = (cells + columns - 1) / columns;
			shelves.add(behind(shelves, row, 1, share ? Math.min(cells, columns) : columns, depth, columns, share));
		});
		return shelves;
	}

	/** The next shelf: in the last line where there is room, else in one of its own. */
	private static Shelf behind(List<Shelf> shelves, Row row, int number, int width, int depth, int columns, boolean share) {
		if (shelves.isEmpty()) {
			return new Shelf(row, number, 0, 0, width, depth);
		}
		Shelf last = shelves.getLast();
		int free = last.x + last.width;
		boolean same = last.row.cluster().equals(row.cluster());
		if (same && share && free + width <= columns && depth == last.depth) {
			return new Shelf(row, number, free, last.y, width, depth);
		}
		return new Shelf(row, number, 0, last.y + last.depth + ROW_GAP + (same ? 0 : CLUSTER_GAP), width, depth);
	}

	/**
	 * Gives a row more cells.
	 *
	 * @param cells how many at least
	 * @param room  whether the plot may be so wide and so deep
	 * @return the index of the shelf; -1 where there is no room
	 */
	int extend(Row row, int cells, BiPredicate<Float, Float> room) {
		int wide = share ? Math.min(cells, columns) : columns;
		int deep = (cells + wide - 1) / wide;
		Shelf last = shelves.isEmpty() ? null : shelves.getLast();
		if (last != null && last.isOf(row) && last.width == columns) {
			return put(shelves.size() - 1, new Shelf(row, last.number, last.x, last.y, columns, last.depth + (cells + columns - 1) / columns), room);
		}
		int shelfNumber = 1 + shelves.stream().filter(shelf -> shelf.isOf(row)).mapToInt(Shelf::number).max().orElse(0);
		for (int i = 0; i < shelves.size(); i++) {
			Shelf free = shelves.get(i);
			if (free.number == 0 && free.row.cluster().equals(row.cluster()) && free.width >= wide && free.depth >= deep) {
				return put(i, new Shelf(row, shelfNumber, free.x, free.y, free.width, free.depth), room);
			}
		}
		return put(shelves.size(), behind(shelves, row, shelfNumber, wide, deep, columns, share), room);
	}

	private int put(int index, Shelf shelf, BiPredicate<Float, Float> room) {
		float needed = shelf.y + shelf.depth + 2 * ZONE_PAD + 2 * REGION_PAD;
		if (needed > depth && !room.test(width, needed)) {
			return -1;
		}
		depth = Math.max(depth, needed);
		if (index == shelves.size()) {
			shelves.add(shelf);
		} else {
			shelves.set(index, shelf);
		}
		return index;
	}

	/**
	 * Gives a zone a strip.
	 *
	 * @return false where there is no room
	 */
	boolean open(String zone, BiPredicate<Float, Float> room) {
		if (zones.contains(zone)) {
			return true;
		}
		int free = zones.indexOf(null);
		if (free >= 0) {
			zones.set(free, zone);
			return true;
		}
		float needed = width(zones.size() + 1);
		if (needed > width && !room.test(needed, depth)) {
			return false;
		}
		width = Math.max(width, needed);
		zones.add(zone);
		return true;
	}

	/**
	 * Gives up what nobody has needed for long: shelves, strips.
	 *
	 * @param since who left after it may come back
	 * @return whether nothing is left
	 */
	boolean tidy(long since) {
		for (int i = 0; i < shelves.size(); i++) {
			int shelf = i;
			if (zones.stream().noneMatch(zone -> known(zone, shelf) != null && known(zone, shelf).kept(since))) {
				Shelf free = shelves.get(i);
				shelves.set(i, new Shelf(free.row, 0, free.x, free.y, free.width, free.depth));
				seats.values().stream().filter(mine -> mine.size() > shelf).forEach(mine -> mine.set(shelf, null));
			}
		}
		while (!shelves.isEmpty() && shelves.getLast().number == 0) {
			int last = shelves.size() - 1;
			shelves.remove(last);
			seats.values().stream().filter(mine -> mine.size() > last).forEach(mine -> mine.subList(last, mine.size()).clear());
		}
		for (int i = 0; i < zones.size(); i++) {
			String zone = zones.get(i);
			if (zone != null && seats.getOrDefault(zone, List.of()).stream().noneMatch(one -> one != null && one.kept(since))) {
				zones.set(i, null);
				seats.remove(zone);
			}
		}
		while (!zones.isEmpty() && zones.getLast() == null) {
			zones.removeLast();
		}
		return zones.isEmpty();
	}

	/** A stretch of lines that are one cluster's: its shelves by index. */
	record Stretch(String cluster, int number, List<Integer> shelves) {
	}

	/** The stretches of clusters from the front to the back; what is in none comes first, as one of the empty name. */
	List<Stretch> stretches() {
		List<Stretch> stretches = new ArrayList<>(List.of(new Stretch("", 1, new ArrayList<>())));
		List<Integer> order = new ArrayList<>(IntStream.range(0, shelves.size()).boxed().toList());
		order.sort(Comparator.comparingDouble((Integer shelf) -> shelves.get(shelf).y).thenComparing(shelf -> shelves.get(shelf).x));
		String before = "";
		for (int shelf : order) {
			String cluster = shelves.get(shelf).row.cluster();
			if (!cluster.isEmpty() && !cluster.equals(before)) {
				int earlier = (int) stretches.stream().filter(stretch -> stretch.cluster.equals(cluster)).count();
				stretches.add(new Stretch(cluster, earlier + 1, new ArrayList<>()));
			}
			(cluster.isEmpty() ? stretches.getFirst() : stretches.getLast()).shelves.add(shelf);
			before = cluster;
		}
		return stretches;
	}

	float stripWidth() {
		return columns + 2 * ZONE_PAD;
	}

	/** The left edge of a strip, from the left of the plot. */
	float strip(int index) {
		return REGION_PAD + index * (stripWidth() + ZONE_GAP);
	}

	private float width(int strips) {
		return strips * stripWidth() + (strips - 1) * ZONE_GAP + 2 * REGION_PAD;
	}

	/** Claims room for so many strips of such a depth at least. */
	void claim(int strips, float least) {
		width = Math.max(width, width(strips));
		depth = Math.max(depth, least);
	}

	float usedWidth() {
		return width(zones.size());
	}

	float stripDepth() {
		return (float) shelves.stream().mapToDouble(shelf -> shelf.y + shelf.depth).max().orElse(0) + 2 * ZONE_PAD;
	}

	float usedDepth() {
		return stripDepth() + 2 * REGION_PAD;
	}
}
