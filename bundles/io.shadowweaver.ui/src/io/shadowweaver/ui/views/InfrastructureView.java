// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.ViewerColumn;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.TreeViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Spoken;
import io.shadowweaver.ui.table.Painters;

/** Regions, zones, groups and resources, with the cursor's metric now and predicted. */
public final class InfrastructureView extends FeedView<InfrastructureView.Shown> {
	/** The id of the view. */
	public static final String ID = "io.shadowweaver.ui.view.infrastructure";
	private static final int SMALL = 100;

	/**
	 * What is shown.
	 *
	 * @param structure differs exactly when nodes came, went or moved
	 */
	record Shown(Frame frame, List<TreeNode> top, Map<String, TreeNode> nodes, List<String> structure, Map<Item, String> paths,
			Map<String, String> parents) {
	}

	private TreeViewer viewer;
	private Shown shown;
	private String estate = "";
	private Set<Item> marked = Set.of();

	@Override
	protected Control createContent(Composite parent) {
		Tree tree = new Tree(parent, SWT.MULTI | SWT.FULL_SELECTION);
		tree.setHeaderVisible(true);
		Spoken.name(tree, "Infrastructure");
		viewer = new TreeViewer(tree);
		viewer.setUseHashlookup(true);
		column("Name", 150, SWT.LEFT);
		column("State", 122, SWT.LEFT);
		column("Now", 62, SWT.RIGHT);
		column("Then", 66, SWT.RIGHT);
		viewer.setContentProvider(new Paths());
		tree.addListener(SWT.PaintItem, this::paint);
		tree.addListener(SWT.Selection, event -> {
			Set<Item> items = new LinkedHashSet<>();
			for (Object path : viewer.getStructuredSelection()) {
				TreeNode node = shown.nodes.get(path);
				if (node != null) {
					items.add(node.item());
				}
			}
			marked = items;
			selection().select(List.copyOf(items));
		});
		ContextMenus.install(this, tree);
		return tree;
	}

	private void column(String title, int width, int style) {
		TreeViewerColumn column = new TreeViewerColumn(viewer, style);
		column.getColumn().setText(title);
		column.getColumn().setWidth(width);
		labels(column, viewer.getTree().getColumnCount() - 1);
	}

	private void labels(ViewerColumn column, int number) {
		column.setLabelProvider(new ColumnLabelProvider() {
			@Override
			public String getText(Object path) {
				TreeNode node = shown.nodes.get(path);
				return node == null ? "" : text(node, number);
			}
		});
	}

	private static String text(TreeNode node, int column) {
		return switch (column) {
		case 0 -> node.name();
		case 1 -> node.state();
		case 2 -> node.cell().nowText();
		default -> node.cell().predictedText();
		};
	}

	private void paint(Event event) {
		if (event.index < 2 || shown == null || !(event.item.getData() instanceof String path)) {
			return;
		}
		TreeNode node = shown.nodes.get(path);
		if (node != null) {
			Painters.<TreeNode>bar(row -> event.index == 2 ? row.cell().nowBar() : row.cell().predictedBar()).paint(event.gc,
					((TreeItem) event.item).getBounds(event.index), node);
		}
	}

	@Override
	protected Shown compute(Frame frame) {
		List<TreeNode> top = TreeNode.of(frame, palettes().current());
		Map<String, TreeNode> nodes = new HashMap<>();
		Map<Item, String> paths = new HashMap<>();
		List<String> structure = new ArrayList<>();
		Map<String, String> parents = new HashMap<>();
		for (TreeNode node : top) {
			collect(node, nodes, paths, structure, parents);
		}
		return new Shown(frame, top, nodes, structure, paths, parents);
	}

	private static void collect(TreeNode node, Map<String, TreeNode> nodes, Map<Item, String> paths, List<String> structure,
			Map<String, String> parents) {
		nodes.put(node.path(), node);
		paths.putIfAbsent(node.item(), node.path());
		structure.add(node.path());
		for (TreeNode child : node.children()) {
			parents.put(child.path(), node.path());
			collect(child, nodes, paths, structure, parents);
		}
	}

	@Override
	protected String reason(Shown next) {
		return next.top().isEmpty() ? "No resource is known yet: '" + next.frame().state().name() + "' waits for its sources." : "";
	}

	@Override
	protected void show(Shown next) {
		boolean first = shown == null || !estate.equals(next.frame.estate().id());
		boolean moved = first || !shown.structure.equals(next.structure);
		shown = next;
		Metric metric = next.frame.state().metrics().get(next.frame.cursor().metric());
		String when = Formats.time(next.frame.cursor().predictedAt(next.frame.now()), next.frame.now());
		head(2, metric == null ? next.frame.cursor().metric() : metric.name());
		head(3, "at " + when);
		Tree tree = viewer.getTree();
		if (first) {
			estate = next.frame.estate().id();
			viewer.setInput(estate);
			viewer.expandToLevel(next.nodes.size() <= SMALL ? 4 : 3);
		} else if (moved) {
			viewer.refresh();
		} else {
			update(tree.getItems());
			tree.redraw();
		}
		mark(next);
	}

	private void head(int column, String title) {
		if (!viewer.getTree().getColumn(column).getText().equals(title)) {
			viewer.getTree().getColumn(column).setText(title);
		}
	}

	private void update(TreeItem[] items) {
		for (TreeItem item : items) {
			TreeNode node = item.getData() instanceof String path ? shown.nodes.get(path) : null;
			if (node != null) {
				for (int column = 0; column < 4; column++) {
					String text = text(node, column);
					if (!item.getText(column).equals(text)) {
						item.setText(column, text);
					}
				}
				if (item.getExpanded()) {
					update(item.getItems());
				}
			}
		}
	}

	private void mark(Shown next) {
		Set<Item> wanted = new HashSet<>(next.frame.selection());
		if (!wanted.equals(marked)) {
			marked = wanted;
			Object[] paths = wanted.stream().map(next.paths::get).filter(Objects::nonNull).toArray();
			viewer.setSelection(new StructuredSelection(paths), paths.length > 0);
		}
	}

	private final class Paths implements ITreeContentProvider {
		@Override
		public Object[] getElements(Object input) {
			return paths(shown.top);
		}

		@Override
		public Object[] getChildren(Object path) {
			TreeNode node = shown.nodes.get(path);
			return node == null ? new Object[0] : paths(node.children());
		}

		@Override
		public Object getParent(Object path) {
			return shown.parents.get(path);
		}

		@Override
		public boolean hasChildren(Object path) {
			TreeNode node = shown.nodes.get(path);
			return node != null && !node.children().isEmpty();
		}

		private static Object[] paths(List<TreeNode> nodes) {
			return nodes.stream().map(TreeNode::path).toArray();
		}
	}
}
