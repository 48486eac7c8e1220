// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import io.shadowweaver.kit.state.Snapshot;
import io.shadowweaver.kit.state.SnapshotFile;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.SearchFilter;
import io.shadowweaver.ui.core.Selection;
import io.shadowweaver.ui.core.Snapshots;

/**
 * The twin in the workbench, judged by the pixels of the screen. The estate is a snapshot: nothing in it moves by itself, so that no next tick mends a picture
 * that was not drawn.
 */
abstract class TwinOnScreen {
	static final IWorkbench WORKBENCH = PlatformUI.getWorkbench();
	static final Estates ESTATES = WORKBENCH.getService(Estates.class);
	static final Screen SCREEN = new Screen(WORKBENCH.getDisplay());
	/** The estate that the workbench weaves itself. */
	static String woven;
	/** The one that stands. */
	static String still;
	private static Path file;

	final Selection selection = WORKBENCH.getService(Selection.class);
	final IWorkbenchPage page = WORKBENCH.getActiveWorkbenchWindow().getActivePage();
	TwinEditor twin;
	TwinCanvas canvas;

	@BeforeAll
	static void hold() throws Exception {
		SCREEN.await("the estate of the workbench", () -> ESTATES.active().isPresent());
		woven = ESTATES.active().orElseThrow().id();
		InstanceScope.INSTANCE.getNode(Palettes.NODE).putBoolean(Palettes.REDUCED_MOTION, true);
		file = Files.createTempFile("small", SnapshotFile.SUFFIX);
		SnapshotFile.write(file, Snapshot.of(SmallEstate.grouped(), Map.of(), SmallEstate.NOW, "1.0.0"));
		still = WORKBENCH.getService(Snapshots.class).open(file).id();
	}

	@AfterAll
	static void asItWas() throws Exception {
		ESTATES.activate(woven);
		ESTATES.backend().orElseThrow().disconnect(still);
		InstanceScope.INSTANCE.getNode(Palettes.NODE).remove(Palettes.REDUCED_MOTION);
		Files.delete(file);
	}

	@BeforeEach
	void open() throws Exception {
		page.closeAllEditors(false);
		activate(still);
		selection.select(List.of());
		page.getWorkbenchWindow().getShell().forceActive();
		SCREEN.aside();
		show();
	}

	@AfterEach
	void close() {
		selection.select(List.of());
		WORKBENCH.getService(SearchFilter.class).clear();
		page.closeAllEditors(false);
	}

	final void activate(String estate) {
		ESTATES.activate(estate);
		SCREEN.await(estate, () -> ESTATES.active().filter(active -> active.id().equals(estate)).isPresent());
	}

	/** Opens the twin and waits until it is drawn. */
	final void show() throws Exception {
		twin = (TwinEditor) page.openEditor(new TwinInput(), TwinEditor.ID);
		canvas = twin.canvas().orElseThrow();
		SCREEN.awaitPicture(canvas);
	}

	/** Clicks at a resource, and sees it selected. */
	final void pick(TwinCanvas at, String id) {
		SCREEN.click(at.control(), Screen.at(at, id));
		SCREEN.await(() -> id + " selected instead of " + selection.items(), () -> selection.items().equals(List.of(Item.resource(id))));
		SCREEN.await("its outline", () -> at.picture().orElseThrow().scene().node(id).orElseThrow().selected());
		SCREEN.awaitPicture(at);
	}
}
