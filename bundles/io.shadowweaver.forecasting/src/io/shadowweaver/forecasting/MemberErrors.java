// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How large the errors of the members of one series are live, one block ahead: what runs away, or does not fit any more, loses weight at once and not at the next
 * training. An exponentially weighted mean of absolute errors by member; weights go by a power of its inverse (Bates and Granger, The Combination of Forecasts, 1969).
 */
final class MemberErrors {
	private static final double RATE = .05;
	/** Fewer errors than so many tell nothing. */
	private static final int LEAST = 12;
	private static final double POWER = 2;

	private final int[] members;
	private final double[] said;
	private final double[] errors;
	private final int[] counts;

	/** @param before those of the same series with other members, from which errors of members that stay are taken; {@code null} for none */
	MemberErrors(int[] members, MemberErrors before) {
		this.members = members;
		said = new double[members.length];
		errors = new double[members.length];
		counts = new int[members.length];
		Arrays.fill(said, Double.NaN);
		for (int place = 0; before != null && place < members.length; place++) {
			for (int other = 0; other < before.members.length; other++) {
				if (before.members[other] == members[place]) {
					errors[place] = before.errors[other];
					counts[place] = before.counts[other];
				}
			}
		}
	}

	/**
	 * Keeps what the members say of the next block.
	 *
	 * @param ahead   in blocks, ascending
	 * @param answers by place, then block; {@code null} where a member said nothing
	 */
	void said(int[] ahead, double[][] answers) {
		for (int place = 0; ahead[0] == 1 && place < answers.length; place++) {
			said[place] = answers[place] == null ? Double.NaN : answers[place][0];
		}
	}

	/** Learns from the next block; what was said is used once. */
	void measured(double value) {
		for (int place = 0; place < members.length; place++) {
			double error = Math.abs(value - said[place]);
			if (Double.isFinite(error)) {
				counts[place]++;
				errors[place] += (error - errors[place]) * Math.max(RATE, 1. / counts[place]);
			}
			said[place] = Double.NaN;
		}
	}

	/** A choice with the weights that the errors give at near leads; at far ones an error of the next block tells little. */
	Choice weighted(Choice choice) {
		Blend near = weighted(choice.near());
		return near == choice.near() ? choice : choice.weighing(near);
	}

	void save(DataOutput out) throws IOException {
		for (int place = 0; place < members.length; place++) {
			out.writeInt(counts[place]);
			out.writeDouble(errors[place]);
			out.writeDouble(said[place]);
		}
	}

	/** Reads what {@link #save} wrote of so many members, whose indices {@link #of} tells. */
	static MemberErrors load(int count, DataInput in) throws IOException {
		MemberErrors errors = new MemberErrors(new int[count], null);
		for (int place = 0; place < count; place++) {
			errors.counts[place] = in.readInt();
			errors.errors[place] = in.readDouble();
			errors.said[place] = in.readDouble();
		}
		return errors;
	}

	/** The same of members with other indices. */
	MemberErrors of(int[] others) {
		MemberErrors same = new MemberErrors(others, null);
		System.arraycopy(counts, 0, same.counts, 0, others.length);
		System.arraycopy(errors, 0, same.errors, 0, others.length);
		System.arraycopy(said, 0, same.said, 0, others.length);
		return same;
	}

	private Blend weighted(Blend blend) {
		double least = Double.POSITIVE_INFINITY;
		for (int place : blend.places()) {
			if (counts[place] < LEAST) {
				return blend;
			}
			least = Math.min(least, errors[place]);
		}
		if (blend.places().length < 2 || !(least > 0)) {
			return blend;
		}
		double[] weights = new double[blend.places().length];
		for (int i = 0; i < weights.length; i++) {
			weights[i] = blend.weights()[i] * Math.pow(least / errors[blend.places()[i]], POWER);
		}
		return new Blend(blend.places(), weights, blend.median());
	}
}
