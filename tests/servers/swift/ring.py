# SPDX-License-Identifier: Apache-2.0
"""Writes a ring of one device: FILE-WITHOUT-ENDING ADDRESS PORT"""
import sys

from swift.common.ring import RingBuilder

file, address, port = sys.argv[1:]
builder = RingBuilder(part_power=4, replicas=1, min_part_hours=0)
builder.add_dev({
    'id': 0, 'region': 1, 'zone': 1, 'weight': 1, 'device': 'disk',
    'ip': address, 'port': int(port), 'replication_ip': address, 'replication_port': int(port)})
builder.rebalance()
builder.get_ring().save(file + '.ring.gz')
