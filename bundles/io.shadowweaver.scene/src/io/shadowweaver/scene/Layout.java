// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.scene.Plot.Shelf;
import io.shadowweaver.scene.Plot.Stretch;
import io.shadowweaver.scene.Seats.Seat;
import io.shadowweaver.scene.Tenants.Address;

/**
 * Where everything stands. Regions hold zones side by side; in every zone of a region a group has the same row, so that
 * zones read as columns and groups as rows. Where resources belong to {@linkplain Topology#clusterOf clusters}, the rows of each cluster
 * lie together.
 * <p>
 * The place of a resource is a function of its identity, its group, its zone and its region, and of what was there before:
 * <ul>
 * <li>Who comes moves nobody. It takes a slot of its group that nobody has, else one of a new shelf behind the last one; zones are
 * added at the right. A region with no room for that among the others gets more ground outside of all of them, which bears its name
 * and a number.</li>
 * <li>Who goes leaves a gap, and finds it again when it comes back within {@link #HEAL_AFTER} or before somebody else needs it. Gaps
 * are taken earlier, the oldest first, only where a group has more of them than members.</li>
 * <li>Old gaps heal: every {@link #PACE} one resource in each zone at most, the last of its group, moves into a gap that is older than
 * {@link #HEAL_AFTER}. Those that must be found where they were, such as alerting ones, are not moved. Ground that nobody has needed for
 * so long is given up.</li>
 * <li>Only where more come at once than are known is everything laid out anew: there is no map yet that could be spoilt.</li>
 * </ul>
 * The first layout depends on the content of the topology alone, and the same history gives the same places. Immutable.
 */
public final class Layout {
	/** So long a gap is kept for who left it: longer than a restart, a replacement of all members one by one, or a fault of an observer. */
	public static final Duration HEAL_AFTER = Duration.ofHours(1);
	/** From one move of a resource to the next in the same zone: an operator who looks away for a while finds the map that was left. */
	public static final Duration PACE = Duration.ofMinutes(10);

	/** Nothing laid out. */
	public static final Layout EMPTY = new Layout(new Ground(), Map.of(), Map.of());

	/**
	 * The cell of a resource.
	 *
	 * @param x     its middle
	 * @param y     its middle
	 * @param patch the id of its {@link Place}
	 */
	public record Cell(float x, float y, String patch) {
	}

	private final Ground ground;
	private final Map<String, Cell> cells;
	private final Map<String, Place> places;

	private Layout(Ground ground, Map<String, Cell> cells, Map<String, Place> places) {
		this.ground = ground;
		this.cells = Collections.unmodifiableMap(cells);
		this.places = Collections.unmodifiableMap(places);
	}

	/** The cell of a resource. */
	public Optional<Cell> cell(String resource) {
		return Optional.ofNullable(cells.get(resource));
	}

	/**
	 * Regions, zones, clusters and patches by id, as far as somebody stands there: a region before its zones, a zone before its patches,
	 * those of its clusters last, a cluster before its patches.
	 */
	public Map<String, Place> places() {
		return places;
	}

	/** Whether somebody may move by now though nobody comes or goes, so that {@link #next} is worth its while. */
	public boolean restless(Instant now) {
		return now.toEpochMilli() >= ground.restless();
	}

	/**
	 * The layout of the next topology.
	 *
	 * @param topology what there is now
	 * @param fallback the name of a region where resources state none
	 * @param by       see {@link Arrangement#groupBy()}; the same for as long as a layout lives
	 * @param now      the estate's time; one before that of this layout counts as that
	 * @param held     ids of resources that may not be moved into gaps
	 */
	public Layout next(Topology topology, String fallback, String by, Instant now, Set<String> held) {
		Tenants tenants = new Tenants(topology, by);
		Ground next = ground.next(tenants, now.toEpochMilli(), held);
		Map<String, Cell> cells = new HashMap<>();
		Map<String, Place> places = new LinkedHashMap<>();
		next.regions().values().forEach(plots -> plots.forEach(plot -> plot(plot, tenants, fallback, cells, places)));
		return new Layout(next, cells, places);
	}

	private static void plot(Plot plot, Tenants tenants, String fallback, Map<String, Cell> cells, Map<String, Place> places) {
		String path = plot.region + (plot.number == 1 ? "" : Place.MORE + plot.number);
		String name = Words.brief(plot.region.isEmpty() ? fallback : plot.region) + (plot.number == 1 ? "" : " (" + plot.number + ")");
		if (plot.zones().stream().noneMatch(zone -> inhabited(plot, zone))) {
			return;
		}
		String id = "region:" + path;
		places.put(id, new Place(Place.Kind.REGION, id, name, "", plot.x, plot.y, plot.usedWidth(), plot.usedDepth()));
		for (int strip = 0; strip < plot.zones().size(); strip++) {
			String zone = plot.zones().get(strip);
			if (!inhabited(plot, zone)) {
				continue;
			}
			float x = plot.x + plot.strip(strip);
			float y = plot.y + Plot.REGION_PAD;
			String zoneId = "zone:" + path + "/" + zone;
			places.put(zoneId, new Place(Place.Kind.ZONE, zoneId, Words.brief(zone), "", x, y, plot.stripWidth(), plot.stripDepth()));
			for (Stretch stretch : plot.stretches()) {
				List<Integer> shelves = stretch.shelves().stream().filter(shelf -> plot.known(zone, shelf) != null && plot.known(zone, shelf).inhabited()).toList();
				if (!stretch.cluster().isEmpty() && !shelves.isEmpty()) {
					cluster(plot, stretch, path + "/" + zone, x, y, places);
				}
				shelves.forEach(shelf -> patch(plot, zone, plot.shelves().get(shelf), plot.known(zone, shelf), "patch:" + path + "/" + zone + "/", x, y, tenants,
						cells, places));
			}
		}
	}

	private static void cluster(Plot plot, Stretch stretch, String path, float stripX, float stripY, Map<String, Place> places) {
		Shelf first = plot.shelves().get(stretch.shelves().getFirst());
		float back = (float) stretch.shelves().stream().map(plot.shelves()::get).mapToDouble(shelf -> shelf.y() + shelf.depth()).max().orElseThrow();
		String id = "cluster:" + path + "/" + stretch.cluster() + (stretch.number() == 1 ? "" : Place.MORE + stretch.number());
		places.put(id, new Place(Place.Kind.CLUSTER, id, Words.brief(stretch.cluster()), "", stripX + Plot.ZONE_PAD - Plot.CLUSTER_PAD,
				stripY + Plot.ZONE_PAD - Plot.CLUSTER_PAD + first.y(), plot.columns() + 2 * Plot.CLUSTER_PAD, back - first.y() + 2 * Plot.CLUSTER_PAD));
	}

	private static boolean inhabited(Plot plot, String zone) {
		for (int shelf = 0; shelf < plot.shelves().size(); shelf++) {
			Seats seats = plot.known(zone, shelf);
			if (seats != null && seats.inhabited()) {
				return true;
			}
		}
		return false;
	}

	private static void patch(Plot plot, String zone, Shelf shelf, Seats seats, String path, float stripX, float stripY, Tenants tenants,
			Map<String, Cell> cells, Map<String, Place> places) {
		String id = path + (shelf.row().cluster().isEmpty() ? "" : shelf.row().cluster() + "/") + shelf.row().group() + (shelf.number() == 1 ? "" : Place.MORE + shelf.number());
		float x = stripX + Plot.ZONE_PAD + shelf.x();
		float y = stripY + Plot.ZONE_PAD + shelf.y();
		places.put(id, new Place(Place.Kind.PATCH, id, GroupKey.name(tenants.topology(), shelf.row().group()), shelf.row().group(), x, y, shelf.width(),
				shelf.depth()));
		for (int slot = 0; slot < seats.size(); slot++) {
			Seat seat = seats.at(slot);
			if (seat != null && seat.taken()) {
				Resource member = tenants.at(new Address(plot.region, zone, shelf.row(), seat.identity()));
				cells.put(member.id(), new Cell(x + slot % shelf.width() + .5f, y + slot / shelf.width() + .5f, id));
			}
		}
	}
}
