// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.architecture;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The place of a bundle in the house.
 *
 * @param level  a bundle uses only bundles of a lower level
 * @param shared what plug-ins may use: libraries, the API and the kits
 * @param plugin uses shared bundles only, whatever its level
 * @param plain  Java without Eclipse: neither {@code org.eclipse} nor the OSGi framework
 */
record Layer(int level, boolean shared, boolean plugin, boolean plain) {

    static final String PREFIX = "io.shadowweaver.";

    private static final Pattern PLUGIN =
            Pattern.compile("(source|model|provider|channel|blob|lease|example)\\..+|simulated");

    private static final Map<String, Layer> NAMED = Map.ofEntries(
            Map.entry("api", new Layer(0, true, false, true)),
            Map.entry("kit.jclouds", new Layer(2, true, false, true)),
            Map.entry("history", new Layer(2, false, false, true)),
            Map.entry("forecasting", new Layer(2, false, false, true)),
            Map.entry("provisioning", new Layer(2, false, false, true)),
            Map.entry("anomalies", new Layer(2, false, false, true)),
            Map.entry("engine", new Layer(3, false, false, true)),
            Map.entry("replay", new Layer(3, false, false, true)),
            Map.entry("archive", new Layer(3, false, false, true)),
            Map.entry("scene", new Layer(3, false, false, true)),
            Map.entry("platform", new Layer(4, false, false, false)),
            Map.entry("client", new Layer(4, false, false, true)),
            Map.entry("gl", new Layer(4, false, false, false)),
            Map.entry("cli", new Layer(6, false, false, false)),
            Map.entry("server", new Layer(5, false, false, false)),
            Map.entry("cluster", new Layer(5, false, false, false)),
            Map.entry("ui.core", new Layer(5, false, false, false)),
            Map.entry("ui", new Layer(6, false, false, false)),
            Map.entry("ui.twin", new Layer(6, false, false, false)),
            Map.entry("app", new Layer(7, false, false, false)));

    /** The layer of a bundle of this project, or nothing where no rule places the name. */
    static Optional<Layer> of(String bundle) {
        if (!bundle.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String name = bundle.substring(PREFIX.length());
        if (name.startsWith("lib.")) {
            return Optional.of(new Layer(-1, true, false, false));
        }
        if (name.startsWith("kit.") && !NAMED.containsKey(name)) {
            return Optional.of(new Layer(1, true, false, true));
        }
        if (PLUGIN.matcher(name).matches()) {
            return Optional.of(new Layer(3, false, true, true));
        }
        return Optional.ofNullable(NAMED.get(name));
    }

    boolean mayUse(Layer other) {
        return other.level < level && (!plugin || other.shared);
    }
}
