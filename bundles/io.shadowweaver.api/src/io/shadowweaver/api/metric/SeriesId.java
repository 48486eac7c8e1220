// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.metric;

/**
 * Names a series: one metric of one subject.
 *
 * @param subject the id of a resource, or of a scaling group behind {@value #GROUP_PREFIX}; not blank
 * @param metric  the id of the metric; not blank
 */
public record SeriesId(String subject, String metric) implements Comparable<SeriesId> {
	/** Before the id of a scaling group, whose series are its demand in absolute units. */
	public static final String GROUP_PREFIX = "group:";

	/** Checks that both parts are there. */
	public SeriesId {
		if (subject.isBlank() || metric.isBlank()) {
			throw new IllegalArgumentException("a series needs a subject and a metric: '" + subject + "', '" + metric + "'");
		}
	}

	/** The demand series of a scaling group. */
	public static SeriesId ofGroup(String group, String metric) {
		return new SeriesId(GROUP_PREFIX + group, metric);
	}

	/** Whether this is the demand of a scaling group. */
	public boolean isGroup() {
		return subject.startsWith(GROUP_PREFIX);
	}

	@Override
	public int compareTo(SeriesId other) {
		int bySubject = subject.compareTo(other.subject);
		return bySubject != 0 ? bySubject : metric.compareTo(other.metric);
	}

	/** {@code subject/metric}, as in the header of a CSV file. */
	@Override
	public String toString() {
		return subject + "/" + metric;
	}
}
