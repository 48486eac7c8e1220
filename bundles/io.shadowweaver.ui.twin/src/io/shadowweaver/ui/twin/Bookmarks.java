// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.osgi.service.prefs.BackingStoreException;
import org.osgi.service.prefs.Preferences;

/** Bookmarks of twins, kept in the workspace under names, in the order in which they were made. */
final class Bookmarks {
	private static final System.Logger LOG = System.getLogger(Bookmarks.class.getName());
	private static final String NAME = "name";

	private final Preferences kept;

	/**
	 * One that is kept.
	 *
	 * @param name what the operator calls it
	 * @param view what is seen
	 */
	record Entry(String name, Bookmark view) {
	}

	/**
	 * @param kept holds a node a bookmark, named by a number: a name of the operator may have any sign
	 */
	Bookmarks(Preferences kept) {
		this.kept = kept;
	}

	/** All of them; none, and a line in the log, where they cannot be read. */
	List<Entry> all() {
		List<Entry> all = new ArrayList<>();
		try {
			for (String id : ids()) {
				Preferences node = kept.node(id);
				Map<String, String> texts = new HashMap<>();
				for (String key : node.keys()) {
					texts.put(key, node.get(key, ""));
				}
				String name = texts.remove(NAME);
				if (name != null) {
					all.add(new Entry(name, Bookmark.of(texts)));
				}
			}
		} catch (BackingStoreException e) {
			LOG.log(System.Logger.Level.WARNING, "The bookmarks of the twin could not be read.", e);
		}
		return all;
	}

	private List<String> ids() throws BackingStoreException {
		return java.util.Arrays.stream(kept.childrenNames()).filter(id -> id.matches("\\d{1,9}")).sorted(Comparator.comparing(Integer::valueOf)).toList();
	}

	/** Keeps one, in the place of one of the same name. */
	void keep(String name, Bookmark view) {
		change("The bookmark '" + name + "' could not be kept.", () -> {
			List<String> ids = ids();
			String id = ids.stream().filter(one -> kept.node(one).get(NAME, "").equals(name)).findFirst()
					.orElseGet(() -> Integer.toString(ids.isEmpty() ? 1 : Integer.parseInt(ids.getLast()) + 1));
			Preferences node = kept.node(id);
			node.clear();
			node.put(NAME, name);
			view.texts().forEach(node::put);
		});
	}

	/** Forgets one. */
	void forget(String name) {
		change("The bookmark '" + name + "' could not be removed.", () -> {
			for (String id : ids()) {
				if (kept.node(id).get(NAME, "").equals(name)) {
					kept.node(id).removeNode();
				}
			}
		});
	}

	private void change(String failure, Change change) {
		try {
			change.make();
			kept.flush();
		} catch (BackingStoreException e) {
			LOG.log(System.Logger.Level.WARNING, failure, e);
		}
	}

	@FunctionalInterface
	private interface Change {
		void make() throws BackingStoreException;
	}
}
