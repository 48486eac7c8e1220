// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.load;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Metric.Full;
import io.shadowweaver.api.topology.Resource;

/** From the forecast demand of a group to the predicted utilisation of the group and of its members. */
public final class Projection {
	private Projection() {
	}

	/**
	 * The utilisation of the whole group: demand ÷ capacity ready at that time, and what idle members use. It may exceed 1: an
	 * overload of 140 % must be seen.
	 *
	 * @param demand quantiles of demand, without idle use
	 * @param metric the metric
	 * @param ready  the capacity over time
	 * @param idle   use of one member without load, in the demand unit
	 * @return quantiles of utilisation
	 * @throws IllegalArgumentException when no capacity is ready at some lead
	 */
	public static Bands group(Bands demand, Metric metric, ReadyCapacity ready, double idle) {
		double[] capacity = positive(ready.over(metric.id(), demand), metric);
		double[] idleUse = new double[capacity.length];
		for (int lead = 0; lead < idleUse.length; lead++) {
			idleUse[lead] = idle * ready.count(demand.time(lead));
		}
		return demand.map((lead, value) -> (Math.max(0, value) + idleUse[lead]) / capacity[lead]);
	}

	/**
	 * The value of one member: its share of the demand by capacity and measured imbalance. With the sum of all members' capacities times
	 * their factors as the capacity of the group, the members add up to the group at each quantile. That is the reconciliation of
	 * members with their group where the group's forecast stays and their errors grow with their shares: forecasts of their own would
	 * take every new member for a loss of load.
	 *
	 * @param demand    quantiles of the group's demand, without idle use
	 * @param metric    the metric
	 * @param member    the member
	 * @param imbalance the member's factor
	 * @param capacity  of the whole group at each lead, each member times its factor, as {@link ReadyCapacity#over} gives it
	 * @param idle      use of one member without load, in the demand unit
	 * @return quantiles of utilisation for a metric whose full is one, otherwise of the value in its base unit
	 */
	public static Bands member(Bands demand, Metric metric, Resource member, double imbalance, double[] capacity,
			double idle) {
		positive(capacity, metric);
		double own = member.capacity(metric.id());
		double unit = metric.full() == Full.ONE ? own : 1;
		return demand.map((lead, value) -> (Math.max(0, value) * own / capacity[lead] * imbalance + idle) / unit);
	}

	private static double[] positive(double[] capacity, Metric metric) {
		for (double ready : capacity) {
			if (!(ready > 0)) {
				throw new IllegalArgumentException("no capacity of " + metric.id());
			}
		}
		return capacity;
	}
}
