// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.plan;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.engine.whatif.When;
import io.shadowweaver.ui.act.Quantity;
import io.shadowweaver.ui.act.Quantity.Kind;

/**
 * What is filled in of one change, as text by field, and what it comes to. Immutable.
 *
 * @param kind   which change
 * @param fields text by the keys of this class
 */
record ChangeDraft(ChangeKind kind, Map<String, String> fields) {
	/** Whom it concerns: a subject, a group or a resource. */
	static final String ON = "on";
	/** When it begins. */
	static final String FROM = "from";
	/** When it is over. */
	static final String UNTIL = "until";
	/** How traffic changes over time. */
	static final String SHAPE = "shape";
	/** The label of what it concerns. */
	static final String LABEL = "label";
	/** The value of that label. */
	static final String VALUE = "value";
	/** Where. */
	static final String ZONE = "zone";
	/** Capacity by metric. */
	static final String CAPACITY = "capacity";
	/** So many times. */
	static final Quantity FACTOR = Quantity.of("factor", "Times", Kind.NUMBER, 0, Change.MOST_FACTOR, 1, "2 is twice, .5 is half, 0 is nothing");
	/** Requests a second more. */
	static final Quantity MORE = Quantity.of("add", "And more requests a second", Kind.NUMBER, 0, Double.POSITIVE_INFINITY, 0, "Added after the factor");
	/** How long a ramp or spike takes. */
	static final Quantity SPAN = Quantity.optional("span", "Over or for", Kind.SPAN, 1, 90 * 86_400, "How long a ramp takes or a spike lasts; a step has none");
	/** Growth. */
	static final Quantity GROWTH = Quantity.of("perMonth", "A month", Kind.PERCENT, -.99, 10, .1, "By so much in thirty days, compound");
	/** How many. */
	static final Quantity COUNT = Quantity.of("count", "How many", Kind.COUNT, 1, Change.MOST_MEMBERS, 1, "Members that are added");
	/** Price of an hour. */
	static final Quantity PRICE = Quantity.optional("price", "Price an hour", Kind.MONEY, 0, Double.POSITIVE_INFINITY, "Of each; as the cheapest member's where it is empty");
	/** Latency. */
	static final Quantity TARGET = Quantity.of("seconds", "Response within, ms", Kind.NUMBER, .001, 3_600_000, 200, "Mean response time in milliseconds");

	/** Copies. */
	ChangeDraft {
		fields = Map.copyOf(fields);
	}

	/** A new change, about a subject where one is known. */
	static ChangeDraft of(ChangeKind kind, String on) {
		Map<String, String> fields = new LinkedHashMap<>(Map.of(ON, on, FROM, "now", SHAPE, Change.Shape.STEP.name(), LABEL, "zone", FACTOR.key(), "2"));
		for (Quantity quantity : List.of(MORE, GROWTH, COUNT, TARGET)) {
			fields.put(quantity.key(), quantity.text(quantity.standard().orElseThrow()));
		}
		return new ChangeDraft(kind, fields);
	}

	/** With another text of a field. */
	ChangeDraft with(String key, String text) {
		Map<String, String> other = new LinkedHashMap<>(fields);
		other.put(key, text);
		return new ChangeDraft(kind, other);
	}

	/** A change as it is. */
	static ChangeDraft of(Change change) {
		Map<String, String> fields = new LinkedHashMap<>();
		switch (change) {
		case Change.Traffic traffic -> {
			fields.putAll(Map.of(ON, traffic.on(), FACTOR.key(), FACTOR.text(traffic.factor()), MORE.key(), MORE.text(traffic.add()), FROM, traffic.from().toString(), SHAPE,
					traffic.shape().name()));
			fields.put(SPAN.key(), traffic.span().isZero() ? "" : SPAN.text(traffic.span().toSeconds()));
		}
		case Change.Growth growth -> fields.putAll(Map.of(ON, growth.on(), GROWTH.key(), GROWTH.text(growth.perMonth())));
		case Change.Add add -> fields.putAll(Map.of(ON, add.group(), COUNT.key(), COUNT.text(add.count()), CAPACITY, text(add.capacity()), ZONE, add.zone().orElse(""),
				PRICE.key(), add.price().map(PRICE::text).orElse(""), FROM, add.from().toString()));
		case Change.Remove remove -> fields.putAll(Map.of(ON, remove.resource(), FROM, remove.from().toString()));
		case Change.Resize resize -> fields.putAll(Map.of(ON, resize.resource(), CAPACITY, text(resize.capacity())));
		case Change.Scale scale -> fields.putAll(Map.of(ON, scale.group(), FACTOR.key(), FACTOR.text(scale.factor())));
		case Change.InstanceType type -> fields.putAll(Map.of(ON, type.group(), CAPACITY, text(type.capacity()), PRICE.key(), type.price().map(PRICE::text).orElse("")));
		case Change.Loss loss -> fields.putAll(Map.of(LABEL, loss.label(), VALUE, loss.value(), FROM, loss.from().toString(), UNTIL, loss.until().map(When::toString).orElse("")));
		case Change.PriceOf price -> fields.putAll(Map.of(LABEL, price.label(), VALUE, price.value(), FACTOR.key(), FACTOR.text(price.factor())));
		case Change.LatencyTarget target -> fields.putAll(Map.of(ON, target.group(), TARGET.key(), TARGET.text(target.seconds() * 1000)));
		}
		return new ChangeDraft(ChangeKind.of(change), fields);
	}

	/** What a field holds; empty where it was not filled in. */
	String field(String key) {
		return fields.getOrDefault(key, "").strip();
	}

	/**
	 * The change.
	 *
	 * @throws IllegalArgumentException naming the field that is wrong and what is allowed
	 */
	Change change() {
		return switch (kind) {
		case TRAFFIC -> new Change.Traffic(on("Of"), number(FACTOR), number(MORE), when(FROM).orElse(When.NOW), shape(), span());
		case GROWTH -> new Change.Growth(on("Of"), number(GROWTH));
		case ADD -> new Change.Add(on("Group"), number(COUNT).intValue(), capacity(), optional(ZONE), PRICE.read(field(PRICE.key())), when(FROM).orElse(When.NOW));
		case REMOVE -> new Change.Remove(on("Resource"), when(FROM).orElse(When.NOW));
		case RESIZE -> new Change.Resize(on("Resource"), capacity());
		case SCALE -> new Change.Scale(on("Group"), number(FACTOR));
		case INSTANCE_TYPE -> new Change.InstanceType(on("Group"), capacity(), PRICE.read(field(PRICE.key())));
		case LOSS -> new Change.Loss(needed(LABEL, "Label"), needed(VALUE, "Value"), when(FROM).orElse(When.NOW), when(UNTIL));
		case PRICE -> new Change.PriceOf(field(VALUE).isEmpty() ? "" : field(LABEL), field(VALUE), number(FACTOR));
		case LATENCY_TARGET -> new Change.LatencyTarget(on("Group"), number(TARGET) / 1000);
		};
	}

	private String on(String label) {
		return needed(ON, label);
	}

	private String needed(String key, String label) {
		if (field(key).isEmpty()) {
			throw new IllegalArgumentException(label + ": choose one.");
		}
		return field(key);
	}

	private Double number(Quantity quantity) {
		return quantity.read(field(quantity.key())).orElseThrow();
	}

	private Optional<String> optional(String key) {
		return Optional.of(field(key)).filter(text -> !text.isEmpty());
	}

	private Optional<When> when(String key) {
		return optional(key).map(When::parse);
	}

	private Change.Shape shape() {
		return field(SHAPE).isEmpty() ? Change.Shape.STEP : Change.Shape.valueOf(field(SHAPE).toUpperCase(Locale.ROOT));
	}

	private Duration span() {
		return SPAN.read(field(SPAN.key())).map(Quantity::span).orElse(Duration.ZERO);
	}

	private Map<String, Double> capacity() {
		Map<String, Double> capacity = new LinkedHashMap<>();
		for (String part : field(CAPACITY).split(",")) {
			if (part.isBlank()) {
				continue;
			}
			String[] pair = part.split("=", 2);
			try {
				capacity.put(pair[0].strip(), Double.parseDouble(pair[1].strip()));
			} catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
				throw new IllegalArgumentException("Capacity: '" + part.strip() + "' is not of the form metric=number.", e);
			}
		}
		return capacity;
	}

	private static String text(Map<String, Double> capacity) {
		return String.join(", ", capacity.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(entry -> entry.getKey() + "=" + FACTOR.text(entry.getValue())).toList());
	}
}
