// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.lease.file;

import java.nio.file.Path;

/** A process that takes a lease, says its number and keeps it until it is killed. */
final class HoldingProcess {
	private HoldingProcess() {
	}

	/**
	 * @param args the file
	 */
	public static void main(String[] args) throws Exception {
		FileLease lease = new FileLease(Path.of(args[0]), "child " + ProcessHandle.current().pid());
		System.out.println(lease.hold());
		while (System.in.read() >= 0) {
			System.out.println(lease.hold());
		}
	}
}
