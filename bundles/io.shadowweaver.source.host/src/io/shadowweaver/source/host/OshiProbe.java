// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.host;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.NetworkIF;
import oshi.software.os.OSFileStore;
import oshi.software.os.OperatingSystem;

/** Reads this machine by OSHI. */
final class OshiProbe implements HostProbe {
	/** OSHI warns of each figure that a container or virtual machine hides; we say so once, in the status. Held, or it is collected. */
	private static final Logger OSHI = Logger.getLogger("oshi");
	/** Interfaces that carry again what a real one carries: bridges, tunnels, the ends of containers. */
	private static final Pattern INNER = Pattern.compile("(docker|veth|br-|virbr|vnet|cni|flannel|cali|tun|tap|wg|kube|dummy|ifb|sit|ip6tnl).*");

	private final CentralProcessor processor;
	private final GlobalMemory memory;
	private final OperatingSystem system;
	private final SystemInfo machine;

	OshiProbe() {
		OSHI.setLevel(Level.SEVERE);
		machine = new SystemInfo();
		processor = machine.getHardware().getProcessor();
		memory = machine.getHardware().getMemory();
		system = machine.getOperatingSystem();
	}

	@Override
	public String name() {
		return system.getNetworkParams().getHostName();
	}

	@Override
	public String system() {
		return system.getFamily() + " " + system.getVersionInfo().getVersion();
	}

	@Override
	public int cores() {
		return processor.getLogicalProcessorCount();
	}

	@Override
	public Processor processor() {
		long[] ticks = processor.getSystemCpuLoadTicks();
		long total = 0;
		for (long tick : ticks) {
			total += tick;
		}
		long idle = ticks[CentralProcessor.TickType.IDLE.getIndex()] + ticks[CentralProcessor.TickType.IOWAIT.getIndex()];
		return new Processor(total - idle, total);
	}

	@Override
	public Memory memory() {
		return new Memory(memory.getTotal(), memory.getAvailable());
	}

	@Override
	public List<Interface> interfaces() {
		// The list is asked for anew: a network card may come and go.
		List<NetworkIF> interfaces = machine.getHardware().getNetworkIFs(false);
		List<Interface> outer = new ArrayList<>();
		List<Interface> all = new ArrayList<>();
		for (NetworkIF one : interfaces) {
			Interface read = new Interface(one.getName(), one.getBytesRecv(), one.getBytesSent(), one.getSpeed());
			all.add(read);
			if (!INNER.matcher(one.getName()).matches()) {
				outer.add(read);
			}
		}
		return outer.isEmpty() ? all : outer;
	}

	@Override
	public List<Disk> disks() {
		List<Disk> disks = new ArrayList<>();
		for (OSFileStore store : system.getFileSystem().getFileStores(true)) {
			disks.add(new Disk(store.getMount(), store.getType(), store.getTotalSpace(), store.getFreeSpace(), store.getUsableSpace()));
		}
		return disks;
	}
}
