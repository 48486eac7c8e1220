// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.app;

import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

/** The perspective in which an operator works. Bundles with views place them by {@code perspectiveExtensions}. */
public final class MonitorPerspective implements IPerspectiveFactory {

    /** The id by which bundles with views extend this perspective. */
    public static final String ID = "io.shadowweaver.ui.perspective.monitor";

    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(true);
    }
}
