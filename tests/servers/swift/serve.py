# SPDX-License-Identifier: Apache-2.0
"""One of Swift's servers in this process, its swift.conf in $SWIFT_DIR: CONFIGURATION SECTION"""
import os
import sys

from swift.common import utils

utils.SWIFT_CONF_FILE = os.path.join(os.environ['SWIFT_DIR'], 'swift.conf')

from swift.common.wsgi import run_wsgi

configuration, section = sys.argv[1:]
sys.exit(run_wsgi(configuration, section))
