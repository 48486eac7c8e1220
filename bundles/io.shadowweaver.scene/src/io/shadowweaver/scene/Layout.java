// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Topology;

/**
 * Where everything stands. Regions hold zones side by side; in every zone of a region a group has the same row, so that
 * zones read as columns and groups as rows. A resource keeps its cell for as long as the layout lives: {@link #next} adds
 * and removes without moving what stays, unless a row must grow, which then gets a quarter more than it needs. A departure
 * leaves a gap, which is filled when nothing else is free. The first layout of a topology depends on its content
 * alone. Immutable.
 */
public final class Layout {
	/** Nothing laid out. */
	public static final Layout EMPTY = new Layout(new TreeMap<>(NaturalOrder.INSTANCE), Map.of(), Map.of());

	private static final float ROW_GAP = .55f;
	private static final float ZONE_PAD = .35f;
	private static final float ZONE_GAP = .5f;
	private static final float REGION_PAD = .5f;
	private static final float REGION_GAP = 2.2f;

	/**
	 * The cell of a resource.
	 *
	 * @param x     its middle
	 * @param y     its middle
	 * @param patch the id of its {@link Place}
	 */
	public record Cell(float x, float y, String patch) {
	}

	/**
	 * What a patch remembers: who stands in which slot, how many slots are its own, and how many were ever used. Who comes takes
	 * one that was never used for as long as there is one, so that a gap is seen for what it is; only then the first gap.
	 */
	private record Slots(Map<String, Integer> byIdentity, int reserved, int ever) {
	}

	/** What a region remembers: its rows in order, its zones in order, slots by zone and row, cells in a row. */
	private record Region(List<String> rows, List<String> zones, Map<String, Slots> slots, int columns) {
	}

	private final TreeMap<String, Region> regions;
	private final Map<String, Cell> cells;
	private final Map<String, Place> places;

	private Layout(TreeMap<String, Region> regions, Map<String, Cell> cells, Map<String, Place> places) {
		this.regions = regions;
		this.cells = Collections.unmodifiableMap(cells);
		this.places = Collections.unmodifiableMap(places);
	}

	/** The cell of a resource. */
	public Optional<Cell> cell(String resource) {
		return Optional.ofNullable(cells.get(resource));
	}

	/** Regions, zones and patches by id. */
	public Map<String, Place> places() {
		return places;
	}

	/**
	 * The layout of the next topology: what stays keeps its cell.
	 *
	 * @param topology what there is now
	 * @param fallback the name of a region where resources state none
	 */
	public Layout next(Topology topology, String fallback) {
		return next(topology, fallback, "");
	}

	/**
	 * The same with rows as the operator chose them.
	 *
	 * @param by see {@link Arrangement#groupBy()}; the same for as long as a layout lives
	 */
	public Layout next(Topology topology, String fallback, String by) {
		Map<String, Map<String, Map<String, List<Resource>>>> sorted = new TreeMap<>(NaturalOrder.INSTANCE);
		for (Resource resource : topology.resources().values()) {
			sorted.computeIfAbsent(resource.label(Resource.REGION), r -> new TreeMap<>(NaturalOrder.INSTANCE))
					.computeIfAbsent(resource.label(Resource.ZONE), z -> new TreeMap<>(NaturalOrder.INSTANCE))
					.computeIfAbsent(GroupKey.of(topology, resource, by), g -> new ArrayList<>()).add(resource);
		}
		Set<String> shared = shared(topology);
		List<String> flow = GroupFlow.order(topology, by);
		TreeMap<String, Region> nextRegions = new TreeMap<>(NaturalOrder.INSTANCE);
		sorted.forEach((name, zones) -> nextRegions.put(name, region(regions.get(name), zones, flow, topology, shared)));
		return place(nextRegions, sorted, topology, fallback, shared);
	}

	private static Region region(Region old, Map<String, Map<String, List<Resource>>> zones, List<String> flow, Topology topology,
			Set<String> shared) {
		Set<String> present = new HashSet<>();
		zones.values().forEach(groups -> present.addAll(groups.keySet()));
		List<String> rows = merge(old == null ? List.of() : old.rows, flow.stream().filter(present::contains).toList());
		List<String> zoneOrder = merge(old == null ? List.of() : old.zones, List.copyOf(zones.keySet()));
		Map<String, Slots> slots = new HashMap<>();
		zones.forEach((zone, groups) -> groups.forEach((group, members) -> {
			String key = zone + '\n' + group;
			slots.put(key, slots(old == null ? null : old.slots.get(key), members, spare(topology, group, zones.size()), shared));
		}));
		int columns = columns(rows, zoneOrder, slots);
		if (old != null && fits(old, rows, slots)) {
			columns = old.columns;
		}
		return new Region(rows, zoneOrder, slots, columns);
	}

	/** Known ones first, in their order; then the new ones in theirs. */
	private static List<String> merge(List<String> known, List<String> now) {
		List<String> merged = new ArrayList<>(known);
		merged.retainAll(now);
		for (String name : now) {
			if (!merged.contains(name)) {
				merged.add(name);
			}
		}
		return List.copyOf(merged);
	}

	/** A row that may grow has room for a few more in each zone. */
	private static int spare(Topology topology, String group, int zones) {
		if (!group.startsWith(SeriesId.GROUP_PREFIX)) {
			return 0;
		}
		ScalingGroup scaling = topology.groups().get(group.substring(SeriesId.GROUP_PREFIX.length()));
		if (scaling == null || scaling.scaling() != ScalingGroup.Scaling.HORIZONTAL) {
			return 0;
		}
		int more = Math.max(0, scaling.max() - topology.members(scaling.id()).size());
		return Math.min((more + zones - 1) / zones, 2);
	}

	private static Slots slots(Slots old, List<Resource> members, int spare, Set<String> shared) {
		Map<String, Integer> kept = new HashMap<>();
		Set<Integer> taken = new HashSet<>();
		List<String> fresh = new ArrayList<>();
		for (Resource member : members) {
			String identity = identity(member, shared);
			Integer slot = old == null ? null : old.byIdentity.get(identity);
			if (slot == null) {
				fresh.add(identity);
			} else {
				kept.put(identity, slot);
				taken.add(slot);
			}
		}
		fresh.sort(NaturalOrder.INSTANCE);
		int next = old == null ? 0 : old.ever;
		for (String identity : fresh) {
			while (taken.contains(next)) {
				next++;
			}
			if (old != null && next >= old.reserved && taken.size() < next) {
				next = 0;
				while (taken.contains(next)) {
					next++;
				}
			}
			kept.put(identity, next);
			taken.add(next);
		}
		int used = taken.stream().mapToInt(slot -> slot + 1).max().orElse(0);
		int ever = old == null ? used : Math.max(used, old.ever);
		int reserved = old == null ? used + spare : used <= old.reserved ? old.reserved : used + Math.max(spare, used / 4);
		return new Slots(Map.copyOf(kept), reserved, ever);
	}

	/** Tokens that more than one resource bears, and that therefore identify none. */
	private static Set<String> shared(Topology topology) {
		Set<String> seen = new HashSet<>();
		Set<String> shared = new HashSet<>();
		for (Resource resource : topology.resources().values()) {
			String token = resource.label(Resource.TOKEN);
			if (!token.isEmpty() && !seen.add(token)) {
				shared.add(token);
			}
		}
		return shared;
	}

	/** A machine that we ordered keeps its place when the provider names it: the token is its identity. */
	private static String identity(Resource resource, Set<String> shared) {
		String token = resource.label(Resource.TOKEN);
		return token.isEmpty() || shared.contains(token) ? resource.id() : "token:" + token;
	}

	private static boolean fits(Region old, List<String> rows, Map<String, Slots> slots) {
		int before = old.slots.values().stream().mapToInt(Slots::reserved).sum();
		int now = slots.values().stream().mapToInt(Slots::reserved).sum();
		return now <= before * 2 && rows.size() <= old.rows.size() * 2;
	}

	/** The number of cells in a row that makes the region most nearly square. */
	private static int columns(List<String> rows, List<String> zones, Map<String, Slots> slots) {
		int best = 1;
		double bestSkew = Double.MAX_VALUE;
		for (int columns = 1; columns <= 64; columns++) {
			double depth = 0;
			for (Shelf shelf : shelves(rows, zones, slots, columns)) {
				depth = Math.max(depth, shelf.y + shelf.depth);
			}
			double width = zones.size() * (columns + 2 * ZONE_PAD + ZONE_GAP);
			double skew = Math.abs(Math.log(width / (depth + 2 * ZONE_PAD)));
			if (skew < bestSkew) {
				bestSkew = skew;
				best = columns;
			}
		}
		return best;
	}

	private record Shelf(String row, int x, double y, int width, int depth) {
	}

	/** Rows one behind the other; where there are many small ones, several share a row. */
	private static List<Shelf> shelves(List<String> rows, List<String> zones, Map<String, Slots> slots, int columns) {
		List<Shelf> shelves = new ArrayList<>();
		boolean share = rows.size() > 10;
		int x = 0;
		double y = 0;
		int depth = 0;
		for (String row : rows) {
			int most = 1;
			for (String zone : zones) {
				Slots mine = slots.get(zone + '\n' + row);
				most = Math.max(most, mine == null ? 0 : mine.reserved);
			}
			int width = Math.min(most, columns);
			int deep = (most + columns - 1) / columns;
			if (depth > 0 && !(share && x + width <= columns && deep == depth)) {
				y += depth + ROW_GAP;
				x = 0;
			}
			shelves.add(new Shelf(row, x, y, share ? width : columns, deep));
			x += width;
			depth = deep;
		}
		return shelves;
	}

	private static Layout place(TreeMap<String, Region> regions, Map<String, Map<String, Map<String, List<Resource>>>> sorted,
			Topology topology, String fallback, Set<String> shared) {
		Map<String, Cell> cells = new HashMap<>();
		Map<String, Place> places = new LinkedHashMap<>();
		int across = across(regions);
		float x = 0;
		float y = 0;
		float rowDepth = 0;
		int column = 0;
		for (Map.Entry<String, Region> entry : regions.entrySet()) {
			float[] size = size(entry.getValue());
			if (column == across) {
				column = 0;
				x = 0;
				y += rowDepth + REGION_GAP;
				rowDepth = 0;
			}
			placeRegion(entry.getKey(), entry.getValue(), sorted.get(entry.getKey()), x, y, topology, fallback, cells, places, shared);
			x += size[0] + REGION_GAP;
			rowDepth = Math.max(rowDepth, size[1]);
			column++;
		}
		return new Layout(regions, cells, places);
	}

	/** How many regions side by side make the whole most nearly square. */
	private static int across(TreeMap<String, Region> regions) {
		int best = 1;
		float bestSide = Float.MAX_VALUE;
		for (int across = 1; across <= regions.size(); across++) {
			float width = 0;
			float depth = 0;
			float x = 0;
			float row = 0;
			int column = 0;
			for (Region region : regions.values()) {
				if (column == across) {
					depth += row + REGION_GAP;
					x = 0;
					row = 0;
					column = 0;
				}
				float[] size = size(region);
				x += size[0] + REGION_GAP;
				width = Math.max(width, x);
				row = Math.max(row, size[1]);
				column++;
			}
			float side = Math.max(width, depth + row);
			if (side < bestSide) {
				bestSide = side;
				best = across;
			}
		}
		return best;
	}

	private static float zoneWidth(Region region) {
		return region.columns + 2 * ZONE_PAD;
	}

	private static float zoneDepth(Region region) {
		double depth = 0;
		for (Shelf shelf : shelves(region.rows, region.zones, region.slots, region.columns)) {
			depth = Math.max(depth, shelf.y + shelf.depth);
		}
		return (float) depth + 2 * ZONE_PAD;
	}

	private static float[] size(Region region) {
		int zones = region.zones.size();
		return new float[] { zones * zoneWidth(region) + (zones - 1) * ZONE_GAP + 2 * REGION_PAD, zoneDepth(region) + 2 * REGION_PAD };
	}

	private static void placeRegion(String name, Region region, Map<String, Map<String, List<Resource>>> zones, float x, float y,
			Topology topology, String fallback, Map<String, Cell> cells, Map<String, Place> places, Set<String> shared) {
		float[] size = size(region);
		String regionId = "region:" + name;
		places.put(regionId, new Place(Place.Kind.REGION, regionId, Words.brief(name.isEmpty() ? fallback : name), "", x, y, size[0], size[1]));
		List<Shelf> shelves = shelves(region.rows, region.zones, region.slots, region.columns);
		float zoneX = x + REGION_PAD;
		for (String zone : region.zones) {
			String zoneId = "zone:" + name + "/" + zone;
			places.put(zoneId, new Place(Place.Kind.ZONE, zoneId, Words.brief(zone), "", zoneX, y + REGION_PAD, zoneWidth(region), zoneDepth(region)));
			for (Shelf shelf : shelves) {
				Slots slots = region.slots.get(zone + '\n' + shelf.row);
				if (slots == null) {
					continue;
				}
				float patchX = zoneX + ZONE_PAD + shelf.x;
				float patchY = y + REGION_PAD + ZONE_PAD + (float) shelf.y;
				String patch = "patch:" + name + "/" + zone + "/" + shelf.row;
				places.put(patch, new Place(Place.Kind.PATCH, patch, GroupKey.name(topology, shelf.row), shelf.row, patchX, patchY, shelf.width,
						shelf.depth));
				for (Resource member : zones.get(zone).get(shelf.row)) {
					int slot = slots.byIdentity.get(identity(member, shared));
					cells.put(member.id(), new Cell(patchX + slot % shelf.width + .5f, patchY + slot / shelf.width + .5f, patch));
				}
			}
			zoneX += zoneWidth(region) + ZONE_GAP;
		}
	}
}
