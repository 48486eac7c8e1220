// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One change of a scenario. Checked where it is made; whether what it names is there is checked where it is solved. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({ @JsonSubTypes.Type(value = Change.Traffic.class, name = "traffic"), @JsonSubTypes.Type(value = Change.Growth.class, name = "growth"),
		@JsonSubTypes.Type(value = Change.Add.class, name = "add"), @JsonSubTypes.Type(value = Change.Remove.class, name = "remove"),
		@JsonSubTypes.Type(value = Change.Resize.class, name = "resize"), @JsonSubTypes.Type(value = Change.Scale.class, name = "scale"),
		@JsonSubTypes.Type(value = Change.InstanceType.class, name = "instanceType"), @JsonSubTypes.Type(value = Change.Loss.class, name = "loss"),
		@JsonSubTypes.Type(value = Change.PriceOf.class, name = "price"), @JsonSubTypes.Type(value = Change.LatencyTarget.class, name = "latencyTarget") })
public sealed interface Change {
	/** The whole estate, where a change says on what it works. */
	String ESTATE = "estate";
	/** The largest factor that is taken for meant. */
	double MOST_FACTOR = 1000;
	/** The most members that one change adds. */
	int MOST_MEMBERS = 100_000;

	/** How traffic changes over time. */
	enum Shape {
		/** At once, and it stays. */
		STEP,
		/** Evenly over the span, and it stays. */
		RAMP,
		/** At once, and over when the span is. */
		SPIKE
	}

	/**
	 * More or less traffic.
	 *
	 * @param on     {@value #ESTATE}, a group as {@code group:ID}, or the id of a resource
	 * @param factor times the forecast, 0 to {@value #MOST_FACTOR}; 1 where it is left out
	 * @param add    and so many requests a second more; none where it is left out
	 * @param from   when it begins; now where it is left out
	 * @param shape  a step where it is left out
	 * @param span   how long a ramp takes or a spike lasts; no step has one
	 */
	record Traffic(String on, Double factor, Double add, When from, Shape shape, Duration span) implements Change {
		/** Checks the ranges. */
		public Traffic {
			named("on", on);
			from = Objects.requireNonNullElse(from, When.NOW);
			shape = Objects.requireNonNullElse(shape, Shape.STEP);
			span = Objects.requireNonNullElse(span, Duration.ZERO);
			add = Objects.requireNonNullElse(add, 0.);
			factor = times(Objects.requireNonNullElse(factor, 1.));
			if (!(add >= 0) || add.isInfinite()) {
				throw new IllegalArgumentException("add must be a number that is not negative: " + add);
			}
			if (span.isNegative() || shape != Shape.STEP && span.isZero()) {
				throw new IllegalArgumentException("a " + shape.name().toLowerCase(java.util.Locale.ROOT) + " needs a positive span: " + span);
			}
		}

		/** A step from now on. */
		public static Traffic of(String on, double factor) {
			return new Traffic(on, factor, 0., When.NOW, Shape.STEP, Duration.ZERO);
		}
	}

	/**
	 * Traffic grows.
	 *
	 * @param on       as in {@link Traffic}
	 * @param perMonth share by which it grows in thirty days, over −1 and at most 10; .1 is ten per cent
	 */
	record Growth(String on, Double perMonth) implements Change {
		/** Checks the range. */
		public Growth {
			named("on", on);
			present("perMonth", perMonth);
			if (!(perMonth > -1 && perMonth <= 10)) {
				throw new IllegalArgumentException("perMonth must be over -1 and at most 10: " + perMonth);
			}
		}
	}

	/**
	 * More members of a group.
	 *
	 * @param group    its id
	 * @param count    how many, 1 to {@value #MOST_MEMBERS}
	 * @param capacity of each by metric; as the largest live member's where it is left out
	 * @param zone     where; the group's zones in turn where it is left out
	 * @param price    of an hour of each; as the cheapest live member's where it is left out
	 * @param from     when they are ready; now where it is left out
	 */
	record Add(String group, Integer count, Map<String, Double> capacity, Optional<String> zone, Optional<Double> price, When from) implements Change {
		/** Checks the range and copies. */
		public Add {
			named("group", group);
			capacity = sizes(capacity);
			zone = Objects.requireNonNullElse(zone, Optional.empty());
			price = Objects.requireNonNullElse(price, Optional.empty());
			from = Objects.requireNonNullElse(from, When.NOW);
			present("count", count);
			if (count < 1 || count > MOST_MEMBERS) {
				throw new IllegalArgumentException("count must be 1 to " + MOST_MEMBERS + ": " + count);
			}
		}
	}

	/**
	 * A resource less.
	 *
	 * @param resource its id
	 * @param from     when it goes; now where it is left out
	 */
	record Remove(String resource, When from) implements Change {
		/** Checks the name. */
		public Remove {
			named("resource", resource);
			from = Objects.requireNonNullElse(from, When.NOW);
		}
	}

	/**
	 * A resource of another size.
	 *
	 * @param resource its id
	 * @param capacity by metric; what is left out stays
	 */
	record Resize(String resource, Map<String, Double> capacity) implements Change {
		/** Checks and copies. */
		public Resize {
			named("resource", resource);
			capacity = sizes(capacity);
			if (capacity.isEmpty()) {
				throw new IllegalArgumentException("capacity is missing");
			}
		}
	}

	/**
	 * So many times the members of a group.
	 *
	 * @param group  its id
	 * @param factor times the live members, rounded up; 0 to {@value #MOST_FACTOR}
	 */
	record Scale(String group, Double factor) implements Change {
		/** Checks the range. */
		public Scale {
			named("group", group);
			times(factor);
		}
	}

	/**
	 * All members of a group are of another type.
	 *
	 * @param group    its id
	 * @param capacity of each by metric
	 * @param price    of an hour of each; not known where it is left out
	 */
	record InstanceType(String group, Map<String, Double> capacity, Optional<Double> price) implements Change {
		/** Checks and copies. */
		public InstanceType {
			named("group", group);
			capacity = sizes(capacity);
			price = Objects.requireNonNullElse(price, Optional.empty());
			if (capacity.isEmpty()) {
				throw new IllegalArgumentException("capacity is missing");
			}
		}
	}

	/**
	 * All resources with a label are gone for a while: a zone, a region, a provider.
	 *
	 * @param label the key, such as {@code zone}
	 * @param value its value
	 * @param from  when they go; now where it is left out
	 * @param until when they are back; never where it is left out
	 */
	record Loss(String label, String value, When from, Optional<When> until) implements Change {
		/** Checks the names. */
		public Loss {
			named("label", label);
			named("value", value);
			from = Objects.requireNonNullElse(from, When.NOW);
			until = Objects.requireNonNullElse(until, Optional.empty());
		}
	}

	/**
	 * Prices change.
	 *
	 * @param label  only of resources with this label, such as {@code provider}; all where it is left out
	 * @param value  and this value of it
	 * @param factor times the price, over 0 and up to {@value #MOST_FACTOR}
	 */
	record PriceOf(String label, String value, Double factor) implements Change {
		/** Checks the range. */
		public PriceOf {
			label = Objects.requireNonNullElse(label, "");
			value = Objects.requireNonNullElse(value, "");
			times(factor);
			if (factor == 0) {
				throw new IllegalArgumentException("nothing is for free: factor must be over 0");
			}
		}
	}

	/**
	 * What latency is wanted of a group.
	 *
	 * @param group   its id
	 * @param seconds positive
	 */
	record LatencyTarget(String group, Double seconds) implements Change {
		/** Checks the range. */
		public LatencyTarget {
			named("group", group);
			present("seconds", seconds);
			if (!(seconds > 0) || seconds.isInfinite()) {
				throw new IllegalArgumentException("seconds must be positive: " + seconds);
			}
		}
	}

	private static void named(String key, String value) {
		if (value == null || value.isBlank()) {
			throw new IllegalArgumentException(key + " is missing");
		}
	}

	private static void present(String key, Object value) {
		if (value == null) {
			throw new IllegalArgumentException(key + " is missing");
		}
	}

	private static double times(Double factor) {
		present("factor", factor);
		if (!(factor >= 0 && factor <= MOST_FACTOR)) {
			throw new IllegalArgumentException("factor must be 0 to " + (int) MOST_FACTOR + ": " + factor);
		}
		return factor;
	}

	private static Map<String, Double> sizes(Map<String, Double> capacity) {
		Map<String, Double> copy = capacity == null ? Map.of() : Map.copyOf(capacity);
		copy.forEach((metric, value) -> {
			if (!(value > 0) || value.isInfinite()) {
				throw new IllegalArgumentException("capacity of " + metric + " must be positive: " + value);
			}
		});
		return copy;
	}
}
