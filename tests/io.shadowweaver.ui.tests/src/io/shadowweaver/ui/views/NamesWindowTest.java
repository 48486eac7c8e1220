// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.DateTime;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.swt.widgets.ToolItem;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.ui.IEditorReference;
import org.eclipse.ui.IPerspectiveDescriptor;
import org.eclipse.ui.IViewReference;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.PageBook;
import org.eclipse.ui.views.IViewDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.shadowweaver.ui.core.Spoken;

/** Every control of the workbench has a name that a screen reader can say. */
class NamesWindowTest extends FleetWindow {
	private static final String OURS = "io.shadowweaver.";
	/** What the platform makes itself. */
	private static final List<String> FOREIGN = List.of("org.eclipse.ui.internal", "org.eclipse.e4.ui");
	private static final Pattern ELEMENT = Pattern.compile("elementId: (io\\.shadowweaver[^,)]+)");
	private final IPerspectiveDescriptor before = page.getPerspective();

	@AfterEach
	void back() {
		page.setPerspective(before);
	}

	@Test
	void everyControlOfEveryViewOfEveryPerspectiveHasAName() {
		TreeSet<String> nameless = new TreeSet<>();
		int seen = 0;
		for (IPerspectiveDescriptor perspective : PlatformUI.getWorkbench().getPerspectiveRegistry().getPerspectives()) {
			if (perspective.getId().startsWith(OURS)) {
				page.setPerspective(perspective);
				for (IViewReference reference : page.getViewReferences()) {
					if (reference.getView(true) != null && reference.getId().startsWith(OURS)) {
						seen++;
					}
				}
				settle();
				look(page.getWorkbenchWindow().getShell(), perspective.getLabel(), nameless);
			}
		}
		assertTrue(seen > 10, "only " + seen + " views were made");
		assertEquals("", String.join("\n", nameless));
	}

	@Test
	void everyViewThatCanBeOpenedHasNames() {
		TreeSet<String> nameless = new TreeSet<>();
		for (IViewDescriptor view : PlatformUI.getWorkbench().getViewRegistry().getViews()) {
			if (view.getId().startsWith(OURS)) {
				open(view.getId());
				settle();
				look(page.getWorkbenchWindow().getShell(), view.getLabel(), nameless);
			}
		}
		assertEquals("", String.join("\n", nameless));
	}

	@Test
	void theTwinIsAmongWhatIsLookedAt() {
		pump(() -> Arrays.stream(page.getEditorReferences()).map(IEditorReference::getId).toList().contains("io.shadowweaver.ui.twin.editor"), "the twin is not open");
		open("org.eclipse.ui.views.PropertySheet");
		open(ResourcesView.ID);
		settle();
		List<String> spoken = new ArrayList<>();
		names(page.getWorkbenchWindow().getShell(), spoken);
		assertTrue(spoken.stream().anyMatch(name -> name.startsWith("Twin of ")), spoken.toString());
		assertTrue(spoken.containsAll(List.of("Time line", "Search", "Properties", "Resources", "Filter of Resources", "Metric")), spoken.toString());
	}

	/** Controls that the test must find. */
	@Test
	void aControlWithoutANameIsFound() {
		Shell shell = new Shell(display);
		try {
			shell.setLayout(new FillLayout());
			new Canvas(shell, SWT.NONE);
			new Text(shell, SWT.BORDER);
			Button arrow = new Button(shell, SWT.PUSH);
			arrow.setText("▾");
			new Label(shell, SWT.NONE).setText("Name:");
			new Text(shell, SWT.BORDER);
			Button good = new Button(shell, SWT.PUSH);
			good.setText("Save");
			Spoken.name(new Combo(shell, SWT.READ_ONLY), "Metric");
			ToolBar bar = new ToolBar(shell, SWT.FLAT);
			new ToolItem(bar, SWT.PUSH).setToolTipText("Said");
			new ToolItem(bar, SWT.PUSH).setImage(display.getSystemImage(SWT.ICON_WARNING));
			TreeSet<String> nameless = new TreeSet<>();
			look(shell, "here", nameless);
			assertEquals(4, nameless.size(), nameless.toString());
		} finally {
			shell.dispose();
		}
	}

	/** The window system asks no listener for the names of its own widgets, but follows labels. */
	@Test
	void whatTheWindowSystemDrawsIsNamedByALabelThatGoesWithIt() {
		Shell shell = new Shell(display);
		String[] name = { "Play" };
		Combo combo = new Combo(shell, SWT.READ_ONLY);
		Spoken spoken = Spoken.name(combo, () -> name[0]);
		Control label = spoken.label().orElseThrow();
		assertEquals("Play", Spoken.of(label).orElseThrow().name());
		assertTrue(label.getShell() != shell && !label.getShell().isVisible(), "it would be in a layout");
		name[0] = "Pause";
		assertEquals("Pause", Spoken.of(label).orElseThrow().name());
		Control other = Spoken.name(combo, "Stop").label().orElseThrow();
		assertTrue(label.isDisposed(), "it would have two names");
		assertEquals("Stop", Spoken.of(other).orElseThrow().name());
		assertTrue(Spoken.name(new Canvas(shell, SWT.NONE), "Drawn").label().isEmpty());
		shell.dispose();
		assertTrue(other.isDisposed());
	}

	private void settle() {
		long end = System.nanoTime() + 300_000_000L;
		while (System.nanoTime() < end) {
			if (!display.readAndDispatch()) {
				Thread.onSpinWait();
			}
		}
	}

	private static void names(Composite root, List<String> found) {
		for (Control child : root.getChildren()) {
			Spoken.of(child).map(Spoken::name).ifPresent(found::add);
			if (child instanceof Composite composite) {
				names(composite, found);
			}
		}
	}

	private static void look(Composite root, String where, TreeSet<String> nameless) {
		for (Control child : root.getChildren()) {
			if (foreign(child) || foreign(root) && child.getClass() == Canvas.class || root instanceof PageBook && Spoken.of(child).isEmpty()) {
				// the platform's own, such as the handles of tool bars and its page of properties; what is inside may be ours
			} else if (child instanceof ToolBar bar) {
				for (ToolItem item : bar.getItems()) {
					// the platform's animation of progress is a tool that shows nothing while nothing is done
					boolean shown = (item.getStyle() & SWT.SEPARATOR) == 0 && (item.getImage() != null || !item.getText().isEmpty());
					if (shown && !speaks(item.getText()) && !speaks(item.getToolTipText())) {
						nameless.add(path(bar) + ": a tool among " + Arrays.stream(bar.getItems()).map(one -> one.getText() + one.getToolTipText() + one.getData()).toList());
					}
				}
			} else if (needs(child) && !named(child)) {
				nameless.add(path(child) + " '" + text(child) + "'");
			}
			if (child instanceof Composite composite && !(child instanceof Combo)) {
				look(composite, where, nameless);
			}
		}
	}

	private static boolean foreign(Control control) {
		return FOREIGN.stream().anyMatch(control.getClass().getName()::startsWith);
	}

	/** What is filled in, chosen from, pressed or drawn by itself. */
	private static boolean needs(Control control) {
		boolean drawn = control.getClass() == Canvas.class || control instanceof Canvas && (control.getClass().getName().startsWith(OURS)
				|| control.getClass().getName().startsWith("com.jogamp") || control.getClass().getName().endsWith("PlotArea"));
		return drawn || control instanceof Text || control instanceof StyledText || control instanceof Combo || control instanceof Spinner || control instanceof DateTime
				|| control instanceof Table || control instanceof Tree || control instanceof Button;
	}

	private static boolean named(Control control) {
		if (Spoken.of(control).filter(spoken -> speaks(spoken.name())).isPresent() || control instanceof Button button && speaks(button.getText())) {
			return true;
		}
		// the window system takes a label right before a control for its name
		List<Control> siblings = Arrays.asList(control.getParent().getChildren());
		int at = siblings.indexOf(control);
		return !(control instanceof Button) && at > 0 && siblings.get(at - 1) instanceof Label label && speaks(label.getText());
	}

	/** Signs alone say nothing. */
	private static boolean speaks(String text) {
		return text != null && text.chars().filter(Character::isLetter).count() >= 2;
	}

	private static String text(Control control) {
		return control instanceof Button button ? button.getText() : control.getToolTipText();
	}

	/** By classes, so that it is found. */
	private static String path(Control control) {
		StringBuilder path = new StringBuilder(control.getClass().getSimpleName());
		for (Composite parent = control.getParent(); parent != null; parent = parent.getParent()) {
			Matcher part = ELEMENT.matcher(String.valueOf(parent.getData("modelElement")));
			if (part.find()) {
				return part.group(1) + " › " + path;
			}
			path.insert(0, parent.getClass().getSimpleName() + "/");
		}
		return path.toString();
	}
}
