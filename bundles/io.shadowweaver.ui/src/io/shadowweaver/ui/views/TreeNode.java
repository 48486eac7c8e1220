// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.shadowweaver.api.state.GroupOutlook;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Palette;

/**
 * A node of the infrastructure tree: region, zone, group, resource, or a span of many resources.
 *
 * @param path     unique in the tree
 * @param item     what is selected with it
 * @param name     what the operator reads
 * @param state    in words
 * @param cell     the cursor's metric: of a resource its own, of the others the one under most pressure
 * @param children in the order of names
 */
record TreeNode(String path, Item item, String name, String state, MetricCell cell, List<TreeNode> children) {
	/** More siblings than this are put into spans, so that no level of the tree grows without bounds. */
	static final int SPAN = 250;

	TreeNode {
		children = List.copyOf(children);
	}

	/** The top level of an estate: regions where there are some, else zones, else groups and resources. */
	static List<TreeNode> of(Frame frame, Palette palette) {
		return new Builder(frame, palette).build();
	}

	private static final class Builder {
		private final Frame frame;
		private final WeaverState state;
		private final Palette palette;

		Builder(Frame frame, Palette palette) {
			this.frame = frame;
			this.palette = palette;
			state = frame.state();
		}

		List<TreeNode> build() {
			Map<String, List<Resource>> regions = split(state.topology().resources().values().stream().filter(resource -> frame.matches(resource.id())).toList(), Resource.REGION);
			List<TreeNode> top = new ArrayList<>();
			regions.forEach((region, resources) -> {
				List<TreeNode> zones = zones(region, resources);
				if (region.isEmpty()) {
					top.addAll(zones);
				} else {
					top.add(parent(region, new Item(Item.Kind.REGION, region), region, zones, resources.size()));
				}
			});
			return top;
		}

		private List<TreeNode> zones(String region, List<Resource> resources) {
			List<TreeNode> zones = new ArrayList<>();
			split(resources, Resource.ZONE).forEach((zone, inZone) -> {
				String path = region + "/" + zone;
				List<TreeNode> groups = groups(path, inZone);
				if (zone.isEmpty()) {
					zones.addAll(groups);
				} else {
					zones.add(parent(path, new Item(Item.Kind.ZONE, path), zone, groups, inZone.size()));
				}
			});
			return zones;
		}

		private List<TreeNode> groups(String path, List<Resource> resources) {
			Map<String, List<Resource>> groups = new TreeMap<>();
			for (Resource resource : resources) {
				groups.computeIfAbsent(state.topology().groupOf(resource.id()).orElse(""), key -> new ArrayList<>()).add(resource);
			}
			List<TreeNode> nodes = new ArrayList<>();
			groups.forEach((group, members) -> {
				String groupPath = path + "/" + group;
				List<TreeNode> leaves = spans(groupPath, members.stream().map(member -> leaf(groupPath, member))
						.sorted(Comparator.comparing(TreeNode::name).thenComparing(TreeNode::path)).toList());
				if (group.isEmpty()) {
					nodes.addAll(leaves);
				} else {
					MetricCell worst = worst(leaves);
					nodes.add(new TreeNode(groupPath, Item.group(group), state.topology().groups().get(group).name(), outlook(group, members.size()),
							worst, leaves));
				}
			});
			return nodes;
		}

		private String outlook(String group, int here) {
			GroupOutlook outlook = state.shadow(frame.cursor().kind()).groups().get(group);
			int deficit = outlook == null || frame.isPast() ? -1 : outlook.firstDeficit();
			if (deficit < 0) {
				return String.valueOf(here);
			}
			return outlook.ready().get(deficit) + " → " + outlook.required().get(deficit) + " by "
					+ Formats.time(outlook.times().get(deficit), frame.now());
		}

		private List<TreeNode> spans(String path, List<TreeNode> leaves) {
			if (leaves.size() <= SPAN) {
				return leaves;
			}
			List<TreeNode> spans = new ArrayList<>();
			for (int from = 0; from < leaves.size(); from += SPAN) {
				List<TreeNode> part = leaves.subList(from, Math.min(leaves.size(), from + SPAN));
				String name = part.getFirst().name + " … " + part.getLast().name;
				spans.add(parent(path + "/…" + from, part.getFirst().item, name, part, part.size()));
			}
			return spans;
		}

		private TreeNode leaf(String path, Resource resource) {
			return new TreeNode(path + "/" + resource.id(), Item.resource(resource.id()), resource.name(),
					ResourceRow.describe(resource, ResourceRow.isStale(frame, resource)),
					MetricCell.of(frame, palette, resource, frame.cursor().metric()), List.of());
		}

		private TreeNode parent(String path, Item item, String name, List<TreeNode> children, int resources) {
			return new TreeNode(path, item, name, String.valueOf(resources), worst(children), children);
		}

		private static MetricCell worst(List<TreeNode> children) {
			MetricCell worst = MetricCell.NONE;
			for (TreeNode child : children) {
				worst = worst.worse(child.cell);
			}
			return worst;
		}

		private static Map<String, List<Resource>> split(Iterable<Resource> resources, String label) {
			Map<String, List<Resource>> parts = new TreeMap<>();
			for (Resource resource : resources) {
				parts.computeIfAbsent(resource.label(label), key -> new ArrayList<>()).add(resource);
			}
			return parts;
		}
	}
}
