// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.app;

import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

/** The perspective in which scenarios are made and compared beside the twin. Bundles with views place them by {@code perspectiveExtensions}. */
public final class PlanPerspective implements IPerspectiveFactory {

    /** The id by which bundles with views extend this perspective. */
    public static final String ID = "io.shadowweaver.ui.perspective.plan";

    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(true);
    }
}
