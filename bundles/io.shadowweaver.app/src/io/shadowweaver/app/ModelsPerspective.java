// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.app;

import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

/** The perspective in which forecasts and their models are judged. Bundles with views place them by {@code perspectiveExtensions}. */
public final class ModelsPerspective implements IPerspectiveFactory {

    /** The id by which bundles with views extend this perspective. */
    public static final String ID = "io.shadowweaver.ui.perspective.models";

    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(false);
    }
}
