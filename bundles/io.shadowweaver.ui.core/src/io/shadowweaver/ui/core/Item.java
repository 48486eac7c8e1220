// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.Objects;

import org.eclipse.core.runtime.PlatformObject;

import io.shadowweaver.api.metric.SeriesId;

/** Something that can be selected, by its id. Immutable; adapts to what other bundles contribute, such as properties. */
public final class Item extends PlatformObject {
	/** What is selected. */
	public enum Kind {
		/** A region, by its label. */
		REGION,
		/** A zone, by region, a slash and the label of the zone. */
		ZONE,
		/** A scaling group. */
		GROUP,
		/** A resource. */
		RESOURCE,
		/** An alert. */
		ALERT,
		/** A plan. */
		PLAN,
		/** An entry of the queue, by its token. */
		ENTRY,
		/** An entry of the operator's calendar, by its id. */
		EVENT,
		/** A contribution, by point, a slash and its id. */
		CONTRIBUTION
	}

	private final Kind kind;
	private final String id;

	/**
	 * @param kind what it is
	 * @param id   its id in the active estate
	 */
	public Item(Kind kind, String id) {
		this.kind = Objects.requireNonNull(kind, "kind");
		this.id = Objects.requireNonNull(id, "id");
	}

	/** A resource. */
	public static Item resource(String id) {
		return new Item(Kind.RESOURCE, id);
	}

	/** A scaling group. */
	public static Item group(String id) {
		return new Item(Kind.GROUP, id);
	}

	/** The resource or group of a series, or of an alert. */
	public static Item ofSubject(String subject) {
		return subject.startsWith(SeriesId.GROUP_PREFIX) ? group(subject.substring(SeriesId.GROUP_PREFIX.length())) : resource(subject);
	}

	/** What it is. */
	public Kind kind() {
		return kind;
	}

	/** Its id. */
	public String id() {
		return id;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Item that && kind == that.kind && id.equals(that.id);
	}

	@Override
	public int hashCode() {
		return kind.hashCode() * 31 + id.hashCode();
	}

	@Override
	public String toString() {
		return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + id;
	}
}
