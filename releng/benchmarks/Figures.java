// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/** Prints what was measured, one {@code name: value unit} a line, and measures CPU time and heap. */
public final class Figures {
	private Figures() {
	}

	/** One value. */
	public static void print(String name, double value, String unit) {
		System.out.println(name + ": " + number(value) + " " + unit);
	}

	/** The median of repeated runs, with the least and the largest. */
	public static void print(String name, double[] runs, String unit) {
		double[] sorted = runs.clone();
		Arrays.sort(sorted);
		System.out.println(name + ": " + number(median(sorted)) + " " + unit + " (" + number(sorted[0]) + "–" + number(sorted[sorted.length - 1])
				+ ", " + sorted.length + " runs)");
	}

	/** The median; of an even number the mean of the two in the middle. */
	public static double median(double[] runs) {
		double[] sorted = runs.clone();
		Arrays.sort(sorted);
		int half = sorted.length / 2;
		return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
	}

	private static String number(double value) {
		double size = Math.abs(value);
		return size == Math.rint(size) && size < 1e15 || size >= 1000 ? String.format(Locale.ROOT, "%.0f", value)
				: String.format(Locale.ROOT, size >= 100 ? "%.1f" : size >= 1 ? "%.2f" : "%.4f", value);
	}

	/** CPU time of all threads of this process in nanoseconds, collector and native threads included; hardly depends on the load. */
	public static long processCpu() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}

	/** CPU time of the calling thread in nanoseconds. */
	public static long threadCpu() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

	/** Bytes of the heap in use after collections. */
	public static long heap() throws InterruptedException {
		for (int i = 0; i < 3; i++) {
			System.gc();
			Thread.sleep(50);
		}
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}
}
