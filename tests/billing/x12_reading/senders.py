"""Small files as other senders write them: written here, in nobody's words, with codes that nobody licenses.

`CLAIMS` and `PAYMENT` have what our own writers never send; `habits` are ways to write the same file.
"""

import textwrap

ISA = "ISA*00*          *00*          *30*391234567      *ZZ*OTHERPAYER     *260701*0815*^*00501*000004711*1*P*:~"

CLAIMS = ISA + """
GS*HC*391234567*OTHERPAYER*20260701*0815*52*X*005010X222A1~
ST*837*000000052*005010X222A1~
BHT*0019*00*A-52*20260701*081500*RP~
NM1*41*2*Prairie Billing, Inc.*****46*391234567~
PER*IC*Dana Reyes*TE*6085550142*EX*12*EM*dana@example.org~
NM1*40*2*Other Payer*****46*OTHERPAYER~
HL*1**20*1~
PRV*BI*PXC*207Q00000X~
CUR*85*USD~
NM1*85*1*Okafor*Ngozi*A**MD*XX*1234567893~
N3*400 Main Street*Suite 2~
N4*Ashford*WI*539909998~
REF*EI*391234567~
NM1*87*2~
N3*PO Box 9~
N4*Ashford*WI*539909999~
HL*2*1*22*0~
SBR*P*18*G-100******CI~
NM1*IL*1*Lindqvist*Per*J**Jr*MI*W-998877~
N3*7 Birch Lane~
N4*Ashford*WI*53990~
DMG*D8*19610203*M~
NM1*PR*2*Other Payer*****PI*OTHER1~
CLM*A-1001*225.5***11:B:1*Y*A*Y*Y*P*OA~
DTP*431*D8*20260610~
DTP*439*D8*20260609~
PWK*OZ*EL***AC*X-99~
AMT*F5*25~
REF*D9*CLH20260701~
NTE*ADD*Fell from a ladder; wrist splinted~
HI*ABK:S52501A*ABF:W11XXXA~
NM1*82*1*Okafor*Ngozi****XX*1234567893~
PRV*PE*PXC*207Q00000X~
LX*1~
SV1*HC:Z1203:25::::Visit of twenty minutes*125.5*UN*1***1:2~
DTP*472*RD8*20260611-20260611~
LX*2~
SV1*HC:Q4010*100*UN*1***1~
DTP*472*D8*20260611~
LIN**N4*00000111122~
CTP****1*UN~
HL*3*1*22*1~
SBR*S**G-200**14****MB~
NM1*IL*1*Moua*Kao****MI*1EG4TE5MK73~
NM1*PR*2*Other Payer*****PI*OTHER1~
HL*4*3*23*0~
PAT*01~
NM1*QC*1*Moua*Pa~
N3*9 Elm Court~
N4*Ashford*WI*53990~
DMG*D8*19580711*F~
CLM*A-1002*80***11:B:7*Y*A*Y*Y~
REF*F8*77001~
HI*ABK:I10~
SBR*P*01*******CI~
AMT*D*60~
OI***Y***Y~
NM1*IL*1*Moua*Pa****MI*QQ-1~
NM1*PR*2*First Mutual*****PI*FIRST1~
LX*1~
SV1*HC:Z1203*80*UN*1***1~
DTP*472*D8*20260612~
SVD*FIRST1*60*HC:Z1203**1~
CAS*CO*45*5~
CAS*PR*2*15~
DTP*573*D8*20260620~
SE*66*000000052~
GE*1*52~
IEA*1*000004711~
"""

PAYMENT = ISA + """
GS*HP*OTHERPAYER*391234567*20260702*1200*53*X*005010X221A1~
ST*835*0053~
BPR*I*151.25*C*CHK************20260702~
TRN*1*0099887766*1391234567~
REF*EV*391234567~
DTM*405*20260701~
N1*PR*Other Payer~
N3*1 Plaza~
N4*Madison*WI*53703~
PER*CX**TE*8005550199~
PER*BL*Help Desk*TE*8005550198*EM*help@example.org~
N1*PE*Ngozi Okafor MD*XX*1234567893~
REF*TJ*391234567~
LX*1~
TS3*1234567893*11*20261231*2*305.5~
CLP*A-1001*1*225.5*141.25*30*12*OP-1*11*1~
NM1*QC*1*Lindqvist*Per*J***MI*W-998877~
NM1*74*1*Lindquist~
MOA***MA01~
DTM*232*20260611~
DTM*233*20260611~
DTM*050*20260701~
AMT*AU*171.25~
SVC*HC:Z1203:25*125.5*91.25**1~
DTM*472*20260611~
CAS*CO*45*9.25~
CAS*PR*1*20**3*5~
AMT*B6*116.25~
SVC*HC:Q4010*100*50**1~
DTM*472*20260611~
CAS*CO*45*45~
CAS*PR*2*5~
LQ*HE*N130~
CLP*A-1002*4*80*0**12*OP-2*11*7~
CAS*CO*18*80~
NM1*QC*1*Moua*Pa****MI*QQ-1~
DTM*232*20260612~
PLB*1234567893*20261231*WO:OP-0*-10~
SE*38*0053~
GE*1*53~
IEA*1*000004711~
"""


def on_one_line(text):
    """Nothing between the segments, and nothing at the end."""
    return text.replace("\n", "")


def with_crlf(text):
    return text.replace("\n", "\r\n")


def in_lines_of_80(text):
    """As a tape of punched cards: the break falls anywhere, in the ISA too."""
    bare = on_one_line(text)
    return "\n".join(bare[start:start + 80] for start in range(0, len(bare), 80)) + "\n"


def with_other_marks(text):
    return text.translate(str.maketrans({"*": "|", ":": ">", "~": "!", "^": "{"}))


def with_line_ends(text):
    """Each segment ends with the line itself."""
    return text.replace("~\n", "\n")


def with_carriage_returns(text):
    return text.replace("~\n", "\r")


def with_unprintable_marks(text):
    return on_one_line(text).translate(str.maketrans({"*": "\x1d", ":": "\x1f", "~": "\x1c", "^": "\x1e"}))


def with_byte_order_mark(text):
    return "\ufeff" + text


def after_blank_lines(text):
    return "\n \r\n" + text


def without_padding(text):
    """ISA06 and ISA08 as long as their values are."""
    return text.replace("391234567      *", "391234567*").replace("OTHERPAYER     *", "OTHERPAYER*")


def with_empty_elements_at_the_end(text):
    return "\n".join(f"{row[:-1]}***~" if row[:2] in ("N3", "N4", "HL") else row for row in text.split("\n"))


def with_spaces_in_front(text):
    return text.replace("\n", "\n   ")


def before_5010(text):
    """Version 4010: no character repeats, ISA11 is U, and ST does not name its guide."""
    return (text.replace("*^*00501*", "*U*00401*").replace("*005010X222A1~\nST", "*004010X098A1~\nST")
            .replace("*000000052*005010X222A1~", "*000000052~").replace("005010X221A1", "004010X091A1"))


def twice(text):
    """Two interchanges in a file, the second with marks of its own."""
    return text + with_other_marks(text)


def in_two_groups(text):
    """The same group again in the same interchange."""
    start, end = text.index("GS*"), text.index("IEA*")
    return (text[:end] + text[start:end] + text[end:]).replace("IEA*1*", "IEA*2*")


def with_segments_nobody_knows(text):
    count = text[text.index("SE*"):].split("*")[1]
    return text.replace("LX*1~", "LX*1~\nZZ9*local*a:b~", 1).replace(f"SE*{count}*", f"SE*{int(count) + 1}*")


def quoted(text):
    """Pasted from a message, each line indented."""
    return textwrap.indent(text, "    ")


def in_lower_case(text):
    return text.lower()


HABITS = (on_one_line, with_crlf, in_lines_of_80, with_other_marks, with_line_ends, with_carriage_returns,
          with_unprintable_marks, with_byte_order_mark, after_blank_lines, without_padding,
          with_empty_elements_at_the_end, with_spaces_in_front, before_5010, twice, in_two_groups,
          with_segments_nobody_knows, quoted, in_lower_case)
