// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

/**
 * The expected course of a series: what the last block was and what models say of later ones, a straight line between their
 * middles. Immutable.
 */
final class Curve {
	private final LeadPlan plan;
	private final int[] nodes;
	/** The number of the last block that the models have seen. */
	final long origin;
	private final float last;
	private final float[] values;

	/**
	 * @param origin the number of the last block seen
	 * @param last   its value
	 * @param nodes  blocks after it, ascending; not copied
	 * @param values one a node; not copied
	 */
	Curve(LeadPlan plan, long origin, double last, int[] nodes, float[] values) {
		this.plan = plan;
		this.origin = origin;
		this.last = (float) last;
		this.nodes = nodes;
		this.values = values;
	}

	/** The expected value at a time; that of the nearest end outside of what is known. */
	double at(double millis) {
		double ahead = (millis - plan.centre(origin)) / plan.block;
		if (ahead <= 0) {
			return last;
		}
		int right = 0;
		if (ahead > 3) {
			int low = 0;
			int high = nodes.length - 1;
			while (low < high) {
				int middle = (low + high) >>> 1;
				if (nodes[middle] < ahead) {
					low = middle + 1;
				} else {
					high = middle;
				}
			}
			right = low;
		} else {
			while (right < nodes.length - 1 && nodes[right] < ahead) {
				right++;
			}
		}
		double leftAt = right == 0 ? 0 : nodes[right - 1];
		double left = right == 0 ? last : values[right - 1];
		if (ahead >= nodes[right]) {
			return values[right];
		}
		return left + (values[right] - left) * (ahead - leftAt) / (nodes[right] - leftAt);
	}

	/** Whether a time lies within what the models said. */
	boolean reaches(double millis) {
		return (millis - plan.centre(origin)) / plan.block <= nodes[nodes.length - 1];
	}
}
