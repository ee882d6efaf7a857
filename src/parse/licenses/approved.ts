/**
 * Licences that the FSF calls free or the OSI approved, in the reference's fixed set (file-checks 6.3), with their full
 * names from the SPDX licence list (package `spdx-license-list`, CC0-1.0). One row each: id|name.
 */
const ROWS = `
0BSD|BSD Zero Clause License
AAL|Attribution Assurance License
AFL-1.1|Academic Free License v1.1
AFL-1.2|Academic Free License v1.2
AFL-2.0|Academic Free License v2.0
AFL-2.1|Academic Free License v2.1
AFL-3.0|Academic Free License v3.0
AGPL-1.0|Affero General Public License v1.0
AGPL-3.0|GNU Affero General Public License v3.0
AGPL-3.0-only|GNU Affero General Public License v3.0 only
AGPL-3.0-or-later|GNU Affero General Public License v3.0 or later
APL-1.0|Adaptive Public License 1.0
APSL-1.0|Apple Public Source License 1.0
APSL-1.1|Apple Public Source License 1.1
APSL-1.2|Apple Public Source License 1.2
APSL-2.0|Apple Public Source License 2.0
Apache-1.0|Apache License 1.0
Apache-1.1|Apache License 1.1
Apache-2.0|Apache License 2.0
Artistic-1.0|Artistic License 1.0
Artistic-1.0-Perl|Artistic License 1.0 (Perl)
Artistic-1.0-cl8|Artistic License 1.0 w/clause 8
Artistic-2.0|Artistic License 2.0
BSD-1-Clause|BSD 1-Clause License
BSD-2-Clause|BSD 2-Clause "Simplified" License
BSD-2-Clause-FreeBSD|BSD 2-Clause FreeBSD License
BSD-2-Clause-NetBSD|BSD 2-Clause NetBSD License
BSD-2-Clause-Patent|BSD-2-Clause Plus Patent License
BSD-3-Clause|BSD 3-Clause "New" or "Revised" License
BSD-3-Clause-Clear|BSD 3-Clause Clear License
BSD-3-Clause-LBNL|Lawrence Berkeley National Labs BSD variant license
BSD-4-Clause|BSD 4-Clause "Original" or "Old" License
BSL-1.0|Boost Software License 1.0
BitTorrent-1.1|BitTorrent Open Source License v1.1
BlueOak-1.0.0|Blue Oak Model License 1.0.0
CAL-1.0|Cryptographic Autonomy License 1.0
CAL-1.0-Combined-Work-Exception|Cryptographic Autonomy License 1.0 (Combined Work Exception)
CATOSL-1.1|Computer Associates Trusted Open Source License 1.1
CC-BY-4.0|Creative Commons Attribution 4.0 International
CC-BY-SA-4.0|Creative Commons Attribution Share Alike 4.0 International
CC0-1.0|Creative Commons Zero v1.0 Universal
CDDL-1.0|Common Development and Distribution License 1.0
CECILL-2.0|CeCILL Free Software License Agreement v2.0
CECILL-2.1|CeCILL Free Software License Agreement v2.1
CECILL-B|CeCILL-B Free Software License Agreement
CECILL-C|CeCILL-C Free Software License Agreement
CERN-OHL-P-2.0|CERN Open Hardware Licence Version 2 - Permissive
CERN-OHL-S-2.0|CERN Open Hardware Licence Version 2 - Strongly Reciprocal
CERN-OHL-W-2.0|CERN Open Hardware Licence Version 2 - Weakly Reciprocal
CNRI-Python|CNRI Python License
CPAL-1.0|Common Public Attribution License 1.0
CPL-1.0|Common Public License 1.0
CUA-OPL-1.0|CUA Office Public License v1.0
ClArtistic|Clarified Artistic License
Condor-1.1|Condor Public License v1.1
ECL-1.0|Educational Community License v1.0
ECL-2.0|Educational Community License v2.0
EFL-1.0|Eiffel Forum License v1.0
EFL-2.0|Eiffel Forum License v2.0
EPL-1.0|Eclipse Public License 1.0
EPL-2.0|Eclipse Public License 2.0
EUDatagrid|EU DataGrid Software License
EUPL-1.1|European Union Public License 1.1
EUPL-1.2|European Union Public License 1.2
Entessa|Entessa Public License v1.0
FSFAP|FSF All Permissive License
FTL|Freetype Project License
Fair|Fair License
Frameworx-1.0|Frameworx Open License 1.0
GFDL-1.1|GNU Free Documentation License v1.1
GFDL-1.1-only|GNU Free Documentation License v1.1 only
GFDL-1.1-or-later|GNU Free Documentation License v1.1 or later
GFDL-1.2|GNU Free Documentation License v1.2
GFDL-1.2-only|GNU Free Documentation License v1.2 only
GFDL-1.2-or-later|GNU Free Documentation License v1.2 or later
GFDL-1.3|GNU Free Documentation License v1.3
GFDL-1.3-only|GNU Free Documentation License v1.3 only
GFDL-1.3-or-later|GNU Free Documentation License v1.3 or later
GPL-2.0|GNU General Public License v2.0 only
GPL-2.0+|GNU General Public License v2.0 or later
GPL-2.0-only|GNU General Public License v2.0 only
GPL-2.0-or-later|GNU General Public License v2.0 or later
GPL-3.0|GNU General Public License v3.0 only
GPL-3.0+|GNU General Public License v3.0 or later
GPL-3.0-only|GNU General Public License v3.0 only
GPL-3.0-or-later|GNU General Public License v3.0 or later
GPL-3.0-with-GCC-exception|GNU General Public License v3.0 w/GCC Runtime Library exception
HPND|Historical Permission Notice and Disclaimer
ICU|ICU License
IJG|Independent JPEG Group License
IPA|IPA Font License
IPL-1.0|IBM Public License v1.0
ISC|ISC License
Imlib2|Imlib2 License
Intel|Intel Open Source License
Jam|Jam License
LGPL-2.0|GNU Library General Public License v2 only
LGPL-2.0+|GNU Library General Public License v2 or later
LGPL-2.0-only|GNU Library General Public License v2 only
LGPL-2.0-or-later|GNU Library General Public License v2 or later
LGPL-2.1|GNU Lesser General Public License v2.1 only
LGPL-2.1+|GNU Lesser General Public License v2.1 or later
LGPL-2.1-only|GNU Lesser General Public License v2.1 only
LGPL-2.1-or-later|GNU Lesser General Public License v2.1 or later
LGPL-3.0|GNU Lesser General Public License v3.0 only
LGPL-3.0+|GNU Lesser General Public License v3.0 or later
LGPL-3.0-only|GNU Lesser General Public License v3.0 only
LGPL-3.0-or-later|GNU Lesser General Public License v3.0 or later
LPL-1.0|Lucent Public License Version 1.0
LPL-1.02|Lucent Public License v1.02
LPPL-1.2|LaTeX Project Public License v1.2
LPPL-1.3a|LaTeX Project Public License v1.3a
LPPL-1.3c|LaTeX Project Public License v1.3c
LiLiQ-P-1.1|Licence Libre du Québec – Permissive version 1.1
LiLiQ-R-1.1|Licence Libre du Québec – Réciprocité version 1.1
LiLiQ-Rplus-1.1|Licence Libre du Québec – Réciprocité forte version 1.1
MIT|MIT License
MIT-0|MIT No Attribution
MIT-Modern-Variant|MIT License Modern Variant
MPL-1.0|Mozilla Public License 1.0
MPL-1.1|Mozilla Public License 1.1
MPL-2.0|Mozilla Public License 2.0
MPL-2.0-no-copyleft-exception|Mozilla Public License 2.0 (no copyleft exception)
MS-PL|Microsoft Public License
MS-RL|Microsoft Reciprocal License
MirOS|The MirOS Licence
Motosoto|Motosoto License
MulanPSL-2.0|Mulan Permissive Software License, Version 2
Multics|Multics License
NASA-1.3|NASA Open Source Agreement 1.3
NCSA|University of Illinois/NCSA Open Source License
NGPL|Nethack General Public License
NOSL|Netizen Open Source License
NPL-1.0|Netscape Public License v1.0
NPL-1.1|Netscape Public License v1.1
NPOSL-3.0|Non-Profit Open Software License 3.0
NTP|NTP License
Naumen|Naumen Public License
Nokia|Nokia Open Source License
Nunit|Nunit License
OCLC-2.0|OCLC Research Public License 2.0
ODbL-1.0|Open Data Commons Open Database License v1.0
OFL-1.0|SIL Open Font License 1.0
OFL-1.1|SIL Open Font License 1.1
OFL-1.1-RFN|SIL Open Font License 1.1 with Reserved Font Name
OFL-1.1-no-RFN|SIL Open Font License 1.1 with no Reserved Font Name
OGTSL|Open Group Test Suite License
OLDAP-2.3|Open LDAP Public License v2.3
OLDAP-2.7|Open LDAP Public License v2.7
OLDAP-2.8|Open LDAP Public License v2.8
OLFL-1.3|Open Logistics Foundation License Version 1.3
OSET-PL-2.1|OSET Public License version 2.1
OSL-1.0|Open Software License 1.0
OSL-1.1|Open Software License 1.1
OSL-2.0|Open Software License 2.0
OSL-2.1|Open Software License 2.1
OSL-3.0|Open Software License 3.0
OpenSSL|OpenSSL License
PHP-3.0|PHP License v3.0
PHP-3.01|PHP License v3.01
PostgreSQL|PostgreSQL License
Python-2.0|Python License 2.0
QPL-1.0|Q Public License 1.0
RPL-1.1|Reciprocal Public License 1.1
RPL-1.5|Reciprocal Public License 1.5
RPSL-1.0|RealNetworks Public Source License v1.0
RSCPL|Ricoh Source Code Public License
Ruby|Ruby License
SGI-B-2.0|SGI Free Software License B v2.0
SISSL|Sun Industry Standards Source License v1.1
SMLNJ|Standard ML of New Jersey License
SPL-1.0|Sun Public License v1.0
SimPL-2.0|Simple Public License 2.0
Sleepycat|Sleepycat License
StandardML-NJ|Standard ML of New Jersey License
UCL-1.0|Upstream Compatibility License v1.0
UPL-1.0|Universal Permissive License v1.0
Unicode-3.0|Unicode License v3
Unicode-DFS-2016|Unicode License Agreement - Data Files and Software (2016)
Unlicense|The Unlicense
VSL-1.0|Vovida Software License v1.0
Vim|Vim License
W3C|W3C Software Notice and License (2002-12-31)
W3C-20150513|W3C Software Notice and Document License (2015-05-13)
WTFPL|Do What The F*ck You Want To Public License
Watcom-1.0|Sybase Open Watcom Public License 1.0
X11|X11 License
XFree86-1.1|XFree86 License 1.1
Xnet|X.Net License
YPL-1.1|Yahoo! Public License v1.1
ZPL-2.0|Zope Public License 2.0
ZPL-2.1|Zope Public License 2.1
Zend-2.0|Zend License v2.0
Zimbra-1.3|Zimbra Public License v1.3
Zlib|zlib License
eCos-2.0|eCos license version 2.0
gnuplot|gnuplot License
iMatix|iMatix Standard Function Library Agreement
wxWindows|wxWindows Library License
xinetd|xinetd License
`;

/** Approved by the OSI, but not in the reference's set. */
const MORE = `
ALGLIB-Documentation|ALGLIB Documentation License
BSD-3-Clause-Open-MPI|BSD 3-Clause Open MPI variant
OSC-1.0|OSC License 1.0
WordNet|WordNet License
`;

export interface ApprovedLicense {
  /** As SPDX spells it. */
  readonly id: string;
  readonly name: string;
}

let reference: ReadonlyMap<string, ApprovedLicense> | undefined;
let complete: ReadonlyMap<string, ApprovedLicense> | undefined;

function tableOf(rows: string): ReadonlyMap<string, ApprovedLicense> {
  const table = new Map<string, ApprovedLicense>();
  for (const row of rows.trim().split('\n')) {
    const [id, name] = row.split('|') as [string, string];
    table.set(id.toLowerCase(), { id, name });
  }
  return table;
}

/** The approved licence with this id, compared ignoring case, in the reference's set. */
export function approvedInReference(id: string): ApprovedLicense | undefined {
  reference ??= tableOf(ROWS);
  return reference.get(id.toLowerCase());
}

/** The same in the full set of the current SPDX list. */
export function approved(id: string): ApprovedLicense | undefined {
  complete ??= tableOf(ROWS.trimEnd() + MORE);
  return complete.get(id.toLowerCase());
}
