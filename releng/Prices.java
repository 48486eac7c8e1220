// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Writes the price table that the product carries: of Apache libcloud's list what is on demand, Linux, and not 0 (its mark for missing),
 * by region. Left out are Amazon's dedicated hosts (names without a dot) and Azure's low priority. Google's list prices cores and
 * memory; the predefined types are the sum of theirs.
 */
final class Prices {
    /** Memory in GiB for each core, and the numbers of cores, of Google's predefined types. */
    private record Family(String name, double memory, int... cores) {
    }

    private static final List<Family> GOOGLE = List.of(
            new Family("n1-standard", 3.75, 1, 2, 4, 8, 16, 32, 64, 96), new Family("n1-highmem", 6.5, 2, 4, 8, 16, 32, 64, 96),
            new Family("n1-highcpu", .9, 2, 4, 8, 16, 32, 64, 96),
            new Family("n2-standard", 4, 2, 4, 8, 16, 32, 48, 64, 80, 96, 128), new Family("n2-highmem", 8, 2, 4, 8, 16, 32, 48, 64, 80, 96),
            new Family("n2-highcpu", 1, 2, 4, 8, 16, 32, 48, 64, 80, 96),
            new Family("n2d-standard", 4, 2, 4, 8, 16, 32, 48, 64, 80, 96, 128, 224), new Family("n2d-highmem", 8, 2, 4, 8, 16, 32, 48, 64, 80, 96),
            new Family("n2d-highcpu", 1, 2, 4, 8, 16, 32, 48, 64, 80, 96, 128, 224),
            new Family("e2-standard", 4, 2, 4, 8, 16, 32), new Family("e2-highmem", 8, 2, 4, 8, 16), new Family("e2-highcpu", 1, 2, 4, 8, 16, 32),
            new Family("c2-standard", 4, 4, 8, 16, 30, 60));

    private final StringBuilder table = new StringBuilder();

    /** {@code JSON CSV}. */
    public static void main(String[] arguments) throws IOException {
        JsonNode root = new ObjectMapper().readTree(Path.of(arguments[0]).toFile());
        Prices prices = new Prices();
        prices.table.append("# Apache libcloud pricing.json (Apache-2.0), as of ")
                .append(Instant.ofEpochSecond(root.get("updated").asLong()).atZone(ZoneOffset.UTC).toLocalDate()).append(", USD an hour, on demand, Linux.\n");
        JsonNode compute = root.get("compute");
        prices.section("aws", byType(compute.get("ec2_linux"), type -> !type.contains(".")));
        prices.section("azure", byType(compute.get("azure_linux"), type -> type.startsWith("lowpriority")));
        prices.section("gcp", google(compute.get("gce_instances")));
        Files.writeString(Path.of(arguments[1]), prices.table);
    }

    private static Map<String, Map<String, Double>> byType(JsonNode types, Predicate<String> left) {
        Map<String, Map<String, Double>> all = new LinkedHashMap<>();
        types.properties().forEach(type -> {
            if (!left.test(type.getKey())) {
                Map<String, Double> regions = new TreeMap<>();
                type.getValue().properties().forEach(region -> regions.put(region.getKey(), region.getValue().asDouble()));
                all.put(type.getKey(), regions);
            }
        });
        return all;
    }

    private static Map<String, Map<String, Double>> google(JsonNode families) {
        Map<String, Map<String, Double>> all = new LinkedHashMap<>();
        all.put("f1-micro", onDemand(families.get("f1").get("cpu")));
        all.put("g1-small", onDemand(families.get("g1").get("cpu")));
        for (Family family : GOOGLE) {
            JsonNode priced = families.get(family.name().substring(0, family.name().indexOf('-')));
            Map<String, Double> core = onDemand(priced.get("cpu"));
            Map<String, Double> memory = onDemand(priced.get("ram"));
            for (int cores : family.cores()) {
                Map<String, Double> regions = new TreeMap<>();
                core.forEach((region, price) -> regions.put(region, price > 0 && memory.getOrDefault(region, 0.) > 0 ? cores * (price + family.memory() * memory.get(region)) : 0));
                all.put(family.name() + "-" + cores, regions);
            }
        }
        return all;
    }

    private static Map<String, Double> onDemand(JsonNode part) {
        Map<String, Double> regions = new TreeMap<>();
        part.get("on_demand").properties().forEach(region -> regions.put(region.getKey(), region.getValue().get("price").asDouble()));
        return regions;
    }

    private void section(String provider, Map<String, Map<String, Double>> types) {
        TreeSet<String> regions = new TreeSet<>();
        types.values().forEach(prices -> prices.forEach((region, price) -> {
            if (price > 0) {
                regions.add(region);
            }
        }));
        table.append("provider:").append(provider).append(',').append(String.join(",", regions)).append('\n');
        types.forEach((type, prices) -> {
            List<String> cells = new ArrayList<>();
            regions.forEach(region -> cells.add(prices.getOrDefault(region, 0.) > 0 ? text(prices.get(region)) : ""));
            if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
                table.append(type).append(',').append(String.join(",", cells).replaceAll(",+$", "")).append('\n');
            }
        });
    }

    private static String text(double price) {
        return new BigDecimal(price).round(new MathContext(5)).stripTrailingZeros().toPlainString().replaceFirst("^0\\.", ".");
    }
}
