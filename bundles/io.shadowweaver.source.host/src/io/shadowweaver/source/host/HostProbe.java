// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.host;

import java.util.List;

/** Reads counters of a machine. A method that cannot read throws; the others still work. */
interface HostProbe {
	/**
	 * Processor time since the machine started.
	 *
	 * @param busy  ticks in which a core worked
	 * @param total all ticks
	 */
	record Processor(long busy, long total) {
	}

	/**
	 * Main memory.
	 *
	 * @param total     bytes
	 * @param available bytes that can be had without paging
	 */
	record Memory(long total, long available) {
	}

	/**
	 * A network interface.
	 *
	 * @param name          its name, unique on the machine
	 * @param received      bytes since it came up
	 * @param sent          bytes since it came up
	 * @param bitsPerSecond what its link can carry; 0 or less where that is not known
	 */
	record Interface(String name, long received, long sent, long bitsPerSecond) {
	}

	/**
	 * A file system.
	 *
	 * @param mount where it is mounted
	 * @param type  such as {@code ext4}
	 * @param total bytes
	 * @param free  bytes that are free, those kept for the administrator included
	 * @param usable bytes that a user may fill
	 */
	record Disk(String mount, String type, long total, long free, long usable) {
	}

	/** The name of the machine; blank where it has none. */
	String name();

	/** Its operating system in a few words. */
	String system();

	/** Logical processors. */
	int cores();

	/** Processor time. */
	Processor processor();

	/** Main memory. */
	Memory memory();

	/** Interfaces that lead out of the machine. */
	List<Interface> interfaces();

	/** Local file systems. */
	List<Disk> disks();
}
