// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.TopologyChange;

/** A process with a provisioner, to be killed: its cloud is a folder with a file for each machine, which stays. */
final class KilledProcess {
	private KilledProcess() {
	}

	/**
	 * @param args folder of the journal, folder of the cloud, start of the estate's time, failpoint at which the process halts
	 *             itself (0 for never)
	 */
	public static void main(String[] args) throws IOException {
		Path cloud = Files.createDirectories(Path.of(args[1]));
		int[] left = { Integer.parseInt(args[3]) };
		FailPoint death = point -> {
			if (--left[0] == 0) {
				System.out.println("dies at " + point);
				System.out.flush();
				Runtime.getRuntime().halt(9);
			}
		};
		Bed bed = new Bed(Path.of(args[0]));
		bed.demand = minute -> 4 * Bed.SAFE * 1.4;
		bed.spread = 1.01;
		bed.now = Instant.parse(args[2]);
		FolderCloud provider = new FolderCloud(cloud, bed);
		Provisioner provisioner = new Provisioner("test", bed.directory, List.of(new Account("cloud", "listed", provider)), bed.settings, () -> bed.now, ClockWatch.follows(() -> bed.now), Runnable::run, Optional.empty(), System::nanoTime, death);
		System.out.println("runs");
		for (int minute = 0; minute < 40; minute++) {
			GroupView view = bed.groupView();
			List<Resource> members = new ArrayList<>(view.liveMembers());
			provider.list().stream().filter(machine -> provider.healthy(machine.resource())).forEach(machine -> members.add(bed.member(machine.resource(), machine.zone())));
			ProvisioningView now = provisioner.step(bed.now, List.of(new GroupView(view.group(), view.mode(), members, List.of(), view.demand(), 0)), provider::healthy);
			System.out.println(bed.now + " ready " + now.queue().stream().filter(entry -> entry.state() == QueueEntry.State.READY).count());
			bed.now = bed.now.plusSeconds(60);
		}
		provisioner.close();
	}

	/** A machine is a file whose name holds its token and a number that is never used twice. */
	private record FolderCloud(Path folder, Bed bed) implements CloudProvider {
		@Override
		public List<Offer> offers() {
			return List.of(ListedCloud.offer("small", 100, .1, 50));
		}

		@Override
		public List<Instance> list() {
			try (var files = Files.list(folder)) {
				return files.sorted().map(this::machine).toList();
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		}

		private Instance machine(Path file) {
			try {
				String name = file.getFileName().toString();
				String[] content = Files.readString(file).split(" ");
				return new Instance(name, name, content[0], "vm-" + name, "small", content[1], Instance.State.RUNNING, Instant.parse(content[2]), Map.of(), "");
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		}

		boolean healthy(String resource) {
			return list().stream().anyMatch(machine -> machine.resource().equals(resource) && !bed.now.isBefore(machine.createdAt().plusSeconds(180)));
		}

		@Override
		public List<TopologyChange> discover() {
			return List.of();
		}

		@Override
		public Instance create(CreateRequest request) {
			try {
				Path draft = Files.writeString(folder.resolveSibling(UUID.randomUUID() + ".tmp"), request.token() + " " + request.zone() + " " + bed.now);
				Path file = Files.move(draft, folder.resolve("m-" + UUID.randomUUID()));
				return machine(file);
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		}

		@Override
		public List<String> dryRun(CreateRequest request) {
			return List.of("create " + request.token());
		}

		@Override
		public void drain(String instance) {
			// nothing hands load to a file
		}

		@Override
		public void delete(String instance) {
			try {
				Files.deleteIfExists(folder.resolve(instance));
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		}

		@Override
		public void setSize(String group, int size) {
			throw new IllegalStateException("nobody asks for a size here");
		}

		@Override
		public Duration settling() {
			return Duration.ofSeconds(90);
		}

		@Override
		public void close() {
			// the folder stays
		}
	}
}
