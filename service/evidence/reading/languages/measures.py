"""What business texts measure, in other languages than English, and the words that give a number to something else.

Phrases are separated by `;`. The names of what is measured are those of `en_measures`.
"""

from typing import Final, NamedTuple

from service.evidence.reading.languages.shape import families


class MeasureWords(NamedTuple):
    """The words of a language beside a number that say what it is of."""

    measures: dict[str, str]  # by family
    breaks: str  # another clause begins with these
    bases: str  # directly before a number that another one is compared with
    to: str  # between a number and the one that it became: "auf" of "von 10 % auf 12 %"
    earlier: str  # in the clause of a number of an earlier time
    parts: str  # in the clause of a number of a part: a segment, a region
    joints: str  # between a measure and whose it is: "von" of "der Umsatz von Beta"
    wholes: str  # what may stand before a measure in one word with it, or beside it
    rivals: str
    supposed: str  # conditions, averages, sums over other times
    costs: str  # before a sum that something costs somebody: "80 Millionen Euro Umsatz" behind it are lost
    touched: str  # in a clause that tells to whom something happens, and not how many there are


_CHINESE: Final = MeasureWords(
    measures=families(
        "revenue: 营收; 收入; 销售额; 营业额; 收益; 净收入; 净营收; 营业收入; 营业总收入; 销售收入; 总净收入; 合并营收; 销售金额"
        "; 累计销售; 共销售; 创收; 总营收; 总收入; 进账 | profit: 利润; 盈利; 亏损; 溢利; 收益额 | profit.net: 净利润; 净利"
        "; 期内利润; 年内利润; 本期利润; 期内溢利; 年内溢利; 归母净利润; 股东应占亏损; 拥有人应占亏损; 净收益; 净盈利; 净溢利"
        "; 税后盈利; 税后利润; 净亏损额; 净亏损; 纯利; 净赚; 税后净利; 税后纯益; 纯益; 应占溢利; 归属于上市公司股东的净利润"
        "; 归母净利 | profit.operating: 经营利润; 营业利润; 营运利润; 运营利润; 营业亏损; 营业利益; 经营溢利; 息税前利润; ebit"
        " | profit.ebitda: ebitda; 息税折旧及摊销前利润; 息税折旧摊销前利润; 税息折旧及摊销前利润 | profit.gross: 毛利; 毛利润"
        "; 毛利额 | profit.pretax: 税前利润; 利润总额; 除税前溢利; 除税前利润 | pershare.eps: 每股收益; 每股盈利; 每股盈余"
        "; 每股纯益; 每股亏损; 每股基本亏损; 每股基本盈利; 每股基本及摊薄亏损; 每股基本及摊薄盈利; 稀释每股收益; eps; 每股净利"
        "; 每股税后盈余 | dividend: 股息; 分红; 派息; 红利; 股利; 利润分配; 派; 现金分红; 现金股利 | buyback: 回购; 回购股份"
        "; 股份回购; 回购股票; 回购公司股份; 回购本公司股份; 支付的总金额; 支付总金额; 支付的资金总额 | cashflow: 现金流"
        "; 现金流量 | cashflow.free: 自由现金流; 自由现金流量 | cashflow.operating: 经营活动现金流; 经营性现金流; 经营现金流"
        "; 经营活动现金流量净额; 经营活动产生的现金流量净额 | cash: 现金; 现金及现金等价物; 货币资金; 现金、现金等价物及短期投资"
        "; 现金及短期投资; 手头现金; 现金及等价物; 账上现金 | deposits: 存款 | aum: 资产管理规模; 管理资产; 管理规模; 在管资产"
        " | premiums: 保费; 保费收入; 原保险保费收入; 原保费收入; 新单保费 | netassets: 净资产; 归母净资产 | liabilities: 负债"
        "; 总负债; 负债合计 | debt: 负债; 债务; 借款; 贷款; 债券; 有息负债; 公司债券; 公司债; 企业债; 中期票据; 短期融资券"
        " | debt.net: 净负债; 净债务 | spend: 资本开支; 资本支出; 资本性支出; 投资; 支出; 开支; 投入 | wages: 员工成本; 工资"
        "; 薪酬; 人工成本; 人员费用; 薪资; 人力成本 | cost: 成本; 费用; 营业成本; 管理费用; 营业费用; 成本费用"
        " | cost.rd: 研发费用; 研发投入; 研发支出 | charge: 减值; 拨备; 计提; 重组费用; 资产减值; 跌价准备 | tax: 税; 所得税"
        "; 税费; 税款; 纳税; 所得税费用 | interest: 利息支出; 财务费用; 利息 | interestincome: 利息收入; 利息净收入; 净利息收入"
        "; 手续费收入; 手续费净收入; 手续费及佣金净收入; 投资收益; 租金收入; 其他收益 | fine: 罚款; 赔偿; 罚金; 和解; 和解协议"
        "; 和解金; 违约金; 赔偿金; 赔款; 罚没款; 处罚 | gain: 处分利益; 处置收益; 处置利得; 出售收益; 处分收益; 公允价值变动收益"
        "; 一次性收益 | backlog: 在手订单; 手持订单; 在手合同; 未完成订单; 订单储备; 未交付订单; 合同储备; 剩余履约义务"
        "; 手持合同 | contractsales: 合同销售额; 合约销售额; 合约销售; 合同销售 | orders: 订单; 新签合同; 新签合同额"
        "; 新签项目金额; 新签金额; 合同额; 新接订单; 新增订单; 合同金额; 订单金额 | assets: 资产; 总资产; 资产总额"
        " | equity: 净资产; 股东权益; 所有者权益; 权益总额; 总权益; 归母权益 | inventory: 存货; 库存; 库存量"
        " | receivables: 应收账款; 应收款项; 应收款 | valuation: 市值; 估值 | shareprice: 股价; 股票; 该股; 个股; 收盘价"
        " | price: 价格; 单价; 售价; 均价; 出让价格; 转让价格; 转让价款; 转让价; 交易价格; 成交价格 | volume: 销量; 运输量"
        "; 旅客周转量; 货物周转量; 客运量; 货运量; 发送货物; 货物发送量; 发送旅客; 旅客发送量; 发电量; 吞吐量; 销售数量"
        "; 载客人数; 销售量; 交易量; 成交量 | volume.production: 产量; 生产 | volume.deliveries: 销量; 出货量; 交付量; 交付"
        "; 出货; 售出; 卖出; 销售汽车; 销售新车; 销售整车; 销售车辆; 售车; 卖车; 共销售; 累计销售 | volume.exports: 出口; 出口额"
        " | volume.imports: 进口; 进口额 | number: 数量; 户数; 家数; 个数 | gmv: 成交额; 商品交易总额; gmv; 交易额"
        " | margin: 利润率; 费率 | likeforlike: 同店销售; 同店销售额; 同店收入; 可比门店销售额; 可比销售额; 同店营收"
        " | margin.gross: 毛利率; 毛利润率 | margin.operating: 经营利润率; 营业利润率; 运营利润率 | margin.net: 净利率; 净利润率"
        " | share: 市场份额; 份额; 市占率; 市场占有率; 占有率; 市场占比; 占比; 比重 | stake: 股份; 股权; 持股; 持有; 持股比例"
        " | rate.tax: 税率; 所得税税率; 所得税率 | rate.interest: 利率; 收益率; 基准利率; 存款利率; 贷款利率; 票面利率; 政策利率"
        "; 贷款市场报价利率 | rate.inflation: 通胀; 通货膨胀率; cpi | rate.unemployment: 失业率 | rate.occupancy: 入住率; 出租率"
        "; 上座率; 客座率; 利用率; 开工率 | rate.return: 净资产收益率; 回报率; roe; 总资产收益率; 投资回报率; roic; 资产收益率"
        " | rate.growth: gdp; 国内生产总值 | ratio.debt: 资产负债率; 负债率 | market: 市场 | deal: 合同额; 合同总金额; 收购"
        "; 融资; 收购价; 募资; 合同金额; 中标价; 合同总额; 中标; 订单金额; 交易对价; 对价; 收购价格; 作价; 代价; 出让价格"
        "; 转让价格; 转让价款; 转让价; 交易价格; 交易金额; 成交价格 | funding: 融资; 募资; 募集资金; 融资额; 出资; 注资; 增资"
        " | goodwill: 商誉 | intangibles: 无形资产 | payables: 应付账款; 应付款项 | subsidy: 政府补助; 政府补贴; 补贴; 补助"
        " | depreciation: 折旧; 摊销; 折旧费用; 折旧及摊销; 折旧摊销; 折旧及摊销费用; 摊销费用 | rate.default: 不良贷款率"
        "; 不良率; 违约率; 逾期率; 不良贷款比率 | ratio.equity: 资本充足率; 核心一级资本充足率; 一级资本充足率; 偿付能力充足率"
        " | margin.interest: 净息差; 净利息收益率 | margin.ebitda: ebitda利润率; ebitda率 | rate.dividend: 股息率; 股息收益率"
        " | rate.yield: 收益率; 到期收益率 | rate.vacancy: 空置率 | rate.churn: 流失率; 离职率 | rate.retention: 留存率; 续费率"
        "; 续约率; 净收入留存率 | ratio.payout: 派息比率; 分红率; 派息率; 分红比例; 股利支付率; 派息比例"
        " | ratio.cost: 成本收入比; 综合成本率; 赔付率; 综合费用率 | ratio.pe: 市盈率 | savings: 成本节约; 节约成本; 节省成本"
        "; 节约 | setaside: 拨备; 信用减值损失; 坏账准备 | rent: 租金; 房租; 租赁费; 租金收入 | fee: 管理费; 手续费; 佣金"
        "; 许可费; 服务费 | target: 目标价; 目标股价 | netinterestincome: 利息净收入; 净利息收入 | comprehensive: 综合收益"
        "; 全面收益 | deferred: 递延收入; 合同负债; 预收款项; 预收账款 | repayment: 偿还; 还款; 偿还债务 | customers: 客流量"
        "; 客流; 访客; 游客 | arr: 年度经常性收入; 年化经常性收入 | arpu: 每用户平均收入; arpu | growth.organic: 内生增长"
        "; 有机增长 | minority: 少数股东权益; 少数股东损益; 非控股权益 | pershare.book: 每股净资产"
        " | cashflow.investing: 投资活动产生的现金流量净额; 投资活动现金流; 投资活动现金流量净额"
        " | cashflow.financing: 筹资活动产生的现金流量净额; 筹资活动现金流; 筹资活动现金流量净额; 融资活动现金流"
        " | cost.sales: 营业成本; 销售成本 | cost.opex: 运营费用; 营业费用; 经营费用; 运营成本; 期间费用 | spend.capex: 资本开支"
        "; 资本支出; 资本性支出; 资本性开支 | billings: 账单收入 | loans: 贷款; 贷款余额; 发放贷款; 信贷余额"
    ),
    breaks="但; 而; 然而; 不过",
    bases="从; 由; 对比; 较; 相比; 低于; 高于; 去年同期的; 上年同期的; 上年的; 去年的",
    to="上升到; 降到; 升到; 跌到; 扩大到; 扩大至; 回落至; 改善至; 攀升至; 下滑至; 增到; 下滑到; 增至; 升至; 降至; 至; 到"
    "; 增长到; 增长至; 提升至; 提升到; 下降到; 下降至; 增加到; 增加至; 提高到; 提高至; 跌至; 上升至",
    earlier="上年同期; 去年同期; 上年; 前一年; 上一年; 此前; 上季度; 曾; 上一季度; 同期为; 前年",
    parts="业务; 子公司; 分部; 部门; 海外; 国内; 中国区; 地区; 其中; 广告; 欧洲; 亚洲; 美国; 北美; 境外; 境内; 线上; 门店"
    "; 品牌; 产品; 服务收入; 订阅; 板块; 分公司; 大中华区; 国际; 云收入; 日本; 印度; 东南亚; 区; 旗下",
    joints="",
    wholes="总; 集团; 公司; 合并; 年度; 全年; 季度",
    rivals="竞争对手; 对手; 同行; 同业; 行业",
    supposed="可能; 面临; 或将; 如果; 若; 假如; 一旦; 只要; 平均; 人均; 累计; 单店; 年化; 自成立以来; 合计; 每名; 门槛"
    "; 过去五年; 过去三年; 须达到; 假设; 假定; 要求; 挂钩; 触发; 条款; 需达到; 前提",
    costs="",
    touched="影响; 涉及; 覆盖; 窃取; 泄露; 黑客; 波及; 代表; 培训; 罢工; 疏散; 工会; 参加; 签名; 签署",
)  # fmt: skip
_JAPANESE: Final = MeasureWords(
    measures=families(
        "volume: 販売数量; 売上数量; 出荷数量; 販売量; 出荷量; 販売本数; 売上台数; 販売台数; 取引量; 貨物量; 輸送量; 輸送人員"
        "; 旅客数; 搭乗者数; 販売戸数 | revenue: 売上高; 売上; 売上収益; 収益; 売上額; 営業収益; を売り上げ; 完成工事高"
        "; 売上金額; 売り上げ | profit: 利益; 損失; 赤字; 黒字; 損益 | profit.net: 純利益; 最終利益; 純損失; 最終損益; 最終赤字"
        "; 親会社株主に帰属する当期純利益; 当期利益; 親会社株主に帰属する四半期純利益; 親会社株主に帰属する中間純利益; 純損益"
        "; 当期損失; 四半期損失; 中間損失; 当期損益; 四半期損益; 四半期利益; 中間利益; 最終益; 最終黒字; 純益; 純損失額"
        "; 当期純利益額; 当期純利益; 四半期純利益; 中間純利益; 当期純損失 | profit.operating: 営業利益; 営業損失; 営業損益"
        "; 営業赤字; 事業利益; ebit; コア営業利益; 営業益 | profit.ordinary: 経常利益; 経常損失; 経常損益; 経常益; 経常赤字"
        "; 経常黒字 | profit.ebitda: ebitda | profit.gross: 粗利益; 売上総利益; 粗利; 売上総損失; 売上総損益"
        " | profit.pretax: 税引き前利益; 税引前利益; 税前利益; 税金等調整前当期純利益; 税金等調整前当期純損失"
        "; 税金等調整前当期純損益; 税引前当期純利益; 税引前当期利益; 税引前損失; 税引き前損失 | pershare.eps: 1株当たり利益"
        "; 1株利益; 一株当たり利益; 1株当たり純利益; 1株当たり四半期純利益; 1株当たり当期純利益; 1株当たり中間純利益"
        "; 1株当たり当期利益; 1株あたり利益; 1株あたり純利益; eps; 1株当たり純損失; 1株当たり当期純損失 | dividend: 配当; 配当金"
        "; 株主還元 | buyback: 自社株買い; 自社株; 自己株式 | cashflow: キャッシュフロー; キャッシュ・フロー"
        " | cashflow.free: フリーキャッシュフロー; フリー・キャッシュ・フロー | cashflow.operating: 営業キャッシュフロー"
        "; 営業キャッシュ・フロー; 営業活動によるキャッシュ・フロー; 営業活動によるキャッシュフロー; 営業活動の結果得られた資金"
        "; 営業活動により得られた資金; 営業活動で得られた資金 | cash: 現金; 現預金; 手元資金; 現金及び現金同等物; 手元流動性"
        "; 手元現金; 現金及び預金 | deposits: 預金 | aum: 運用資産; 預かり資産 | premiums: 保険料; 正味収入保険料; 元受保険料"
        "; 保険料等収入; 新契約年換算保険料 | netassets: 純資産; 純資産額; 純資産合計 | liabilities: 負債; 負債合計; 総負債"
        " | debt: 負債; 有利子負債; 借入金; 社債; 債務; 借入 | spend: 投じる; 投じた; 投じて; 投じ; 設備投資; 投資; 支出; 投資額"
        "; 設備投資額; 投資予定額; 総投資額; 投資金額 | wages: 人件費; 給与; 賃金; 賞与; 給料; 報酬 | cost: 費用; 原価; 売上原価"
        "; 販管費; コスト; 販売費及び一般管理費; 経費 | cost.rd: 研究開発費 | charge: 減損; 減損損失; 特別損失; 引当金; 評価損"
        "; リストラ費用; 構造改革費用; 事業再編費用; 貸倒引当金; 減損費用; 評価減 | depreciation: 減価償却費; 減価償却; 償却費"
        "; のれん償却; のれん償却額; のれん償却費 | gain: 特別利益; 売却益; 固定資産売却益; 評価益 | tax: 法人税; 税金; 法人税等"
        "; 納税額; 法人税額 | interest: 支払利息; 金利負担; 利払い; 利払い費; 支払い利息; 金融費用 | fine: 罰金; 課徴金; 賠償金"
        "; 制裁金; 和解金; 追徴課税; 損害賠償; 賠償額 | savings: 費用削減; 費用削減効果; コスト削減; コスト削減効果; 経費削減"
        "; 経費削減効果; 節減額; 節減効果; 節約額; 削減額; 削減効果 | backlog: 受注残; 受注残高; 手持ち工事高; 手持工事高"
        "; 繰越工事高 | orders: 受注; 受注高; 受注額 | assets: 総資産; 資産 | equity: 純資産; 自己資本; 株主資本; 資本合計"
        "; 純資産合計; 親会社の所有者に帰属する持分 | inventory: 在庫; 棚卸資産; 商品在庫; 在庫量 | receivables: 売掛金"
        "; 売上債権; 受取手形及び売掛金 | valuation: 時価総額; 企業価値; 評価額 | shareprice: 株価; 株式; 株; 終値 | price: 価格"
        "; 単価; 料金 | volume.production: 生産; 生産量; 生産高; 粗鋼生産; 粗鋼生産量; 発電量; を生産; を製造"
        " | volume.deliveries: 販売台数; 出荷; 販売数量; 世界販売; 新車販売; 販売は; 販売が; 販売も; 引き渡し台数; 引渡台数"
        "; 納車; 登録台数; を販売; を出荷; を納車; を引き渡; を納入; を売り上げ | volume.exports: 輸出; 輸出額"
        " | volume.imports: 輸入; 輸入額 | gmv: 流通総額; 取扱高; 流通取引総額 | margin: 利益率 | likeforlike: 既存店売上高"
        "; 既存店売上; 既存店の売上高; 既存店 | margin.gross: 粗利益率; 粗利率; 売上総利益率 | margin.operating: 営業利益率"
        "; 売上高営業利益率; 売上営業利益率 | margin.ordinary: 経常利益率; 売上高経常利益率 | margin.net: 純利益率"
        " | share: シェア; 占有率; 国内市場の; 市場の | stake: 株式; 株式の; 出資比率; 持ち株比率; 議決権; 保有比率; 持株比率"
        " | rate.tax: 税率; 法人税率; 実効税率 | rate.interest: 金利; 利回り; 政策金利; 長期金利; 利率; 表面利率; 短期金利"
        " | rate.inflation: インフレ率; 物価; 消費者物価 | rate.unemployment: 失業率 | rate.occupancy: 稼働率; 入居率; 搭乗率"
        "; 座席利用率 | rate.return: 自己資本利益率; roe; roic; roa; 株主資本利益率; 総資産利益率; 投下資本利益率; 総還元利回り"
        " | rate.growth: gdp; 国内総生産; 経済成長率 | ratio.equity: 自己資本比率; 株主資本比率; ソルベンシー・マージン比率"
        "; ソルベンシーマージン比率; tier1比率; 親会社所有者帰属持分比率 | ratio.payout: 配当性向 | market: 市場規模"
        " | deal: 買収; 買収額; 調達; 調達額; 取得価額; 取得価格; 取得総額; 寄付; 寄付金 | funding: 調達; 調達額; 資金調達"
        "; 資金調達額; 出資; を出資; 増資 | goodwill: のれん | intangibles: 無形資産; 無形固定資産 | payables: 買掛金; 仕入債務"
        " | subsidy: 補助金; 助成金; 交付金; 給付金 | interestincome: 受取利息; 利息収入; 受取配当金; 手数料収入; 賃料収入"
        "; 家賃収入; 金融収益; 投資収益 | netinterestincome: 純金利収入; 資金利益 | comprehensive: 包括利益; その他の包括利益"
        " | rent: 賃料; 家賃; 賃借料; 地代; 賃料収入 | fee: 手数料; 運用報酬; 仲介手数料 | target: 目標株価"
        " | rate.vacancy: 空室率 | rate.churn: 解約率; 離職率; チャーンレート | rate.retention: 継続率; 定着率; 更新率"
        "; リテンション率 | rate.default: 不良債権比率; 不良債権率; デフォルト率; 延滞率 | rate.dividend: 配当利回り"
        " | rate.yield: 利回り; 流通利回り | ratio.cost: コンバインドレシオ; コンバインド・レシオ; 損害率; 経費率; 販管費率"
        "; 原価率 | ratio.debt: 負債比率; deレシオ; d/eレシオ | ratio.pe: 株価収益率; per | margin.interest: 利ざや"
        "; 純金利マージン | margin.ebitda: ebitdaマージン | setaside: 与信費用; 与信関係費用; 貸倒引当金繰入額 | repayment: 返済"
        "; 返済額; 償還 | deferred: 前受金; 契約負債; 前受収益 | arr: 年間経常収益; arr | arpu: arpu | customers: 来場者数"
        "; 来店客数; 入場者数; 来園者数; 入園者数; 客数; 訪問者数; 観客数 | cashflow.investing: 投資活動によるキャッシュ・フロー"
        "; 投資活動によるキャッシュフロー; 投資キャッシュフロー; 投資キャッシュ・フロー"
        " | cashflow.financing: 財務活動によるキャッシュ・フロー; 財務活動によるキャッシュフロー; 財務キャッシュフロー"
        "; 財務キャッシュ・フロー | pershare.book: 1株当たり純資産; bps; 1株純資産 | cost.sales: 売上原価 | cost.opex: 営業費用"
        "; 事業費用; 販管費 | spend.capex: 設備投資; 設備投資額 | debt.net: 純有利子負債; ネット有利子負債; 純負債"
        " | minority: 非支配持分; 少数株主利益 | contractsales: 契約高; 成約額 | billings: 請求額 | loans: 貸出金; 貸出金残高"
        "; 貸付金; 融資残高; ローン残高; 貸出残高"
    ),
    breaks="一方; しかし; だが; ものの; 一方で",
    bases="前年同期の; 前年の; 前期の; 予想の; 計画の; 目標の; 昨年の; 従来予想の",
    to="から; だったが; に対し; に比べ; と比べ; を上回; を下回; より",
    earlier="前連結会計年度; 前事業年度; 前会計年度; 前年度; 前年同期; 前期; 前年; 昨年; 一年前; 1年前; 前四半期; かつて"
    "; 当初; 従来",
    parts="事業; 子会社; 部門; セグメント; 海外; 国内; 地域; 欧州; 米国; 中国; アジア; 北米; 日本; ブランド; 製品; 店舗; 広告"
    "; 内訳; うち; 欧米; 英国; インド; サブスク; 傘下; グループ会社; ネット通販",
    joints="",
    wholes="連結; 全社; グループ; 通期; 四半期; 総; 年間",
    rivals="競合; 競合他社; ライバル; 同業; 他社; 業界",
    supposed="可能性; 恐れ; おそれ; 場合; もし; 達すれば; 平均; 累計; 当たり; あたり; 年換算; 合計で; 創業以来; 1人; なら"
    "; れば; 一人; 過去5年; 過去3年; 損益分岐; 条件; 連動; 仮定; 義務; 財務制限条項; 求め; 前提",
    costs="",
    touched="影響; 対象; 適用; 流出; 漏洩; 代表; 研修; ストライキ; 労働組合; 避難; 支援",
)  # fmt: skip


MEASURE_WORDS: Final[dict[str, MeasureWords]] = {
    "de": MeasureWords(
        measures=families(
            "revenue: umsatz; erlöswachstum; umsatzplus; umsatzwachstum; umsatzminus; umsatzrückgang; umsatzanstieg; umsätze"
            "; erlöste; erlösten; erlös; erlöse; umsätzen; umsatzerlösen; umsatzerlöse; nettoumsatz; umgesetzt | profit: gewinn"
            "; verdient; verdiente; gewinne; ergebnis; verlust; überschuss; ertrag; fehlbetrag; defizit | profit.net: nettogewinn"
            "; nachsteuergewinn; nachsteuerergebnis; reingewinn; jahresüberschuss; nettoergebnis; konzerngewinn; nettoverlust"
            "; jahresfehlbetrag; konzernüberschuss; konzernergebnis; ergebnis nach steuern; konzernergebnis nach steuern"
            "; jahresergebnis; periodenüberschuss; konzernüberschuss nach steuern; überschuss nach steuern; bilanzgewinn"
            "; nettofehlbetrag; periodenergebnis; konzernjahresüberschuss | profit.operating: betriebsgewinn; operatives ergebnis"
            "; operative ergebnis; operativer gewinn; operative gewinn; ebit; betriebsergebnis; operativen gewinn"
            "; betriebsverlust; operativer verlust; ergebnis vor zinsen und steuern; gewinn vor zinsen und steuern"
            "; konzernergebnis vor zinsen und steuern; ebita | profit.ebitda: ebitda; bereinigtes ebitda"
            "; ergebnis vor zinsen, steuern und abschreibungen; gewinn vor zinsen, steuern und abschreibungen"
            " | profit.gross: bruttogewinn; bruttoergebnis; rohertrag | profit.pretax: vorsteuergewinn"
            "; konzernergebnis vor steuern; konzerngewinn vor steuern; ergebnis vor steuern; gewinn vor steuern"
            "; vorsteuerergebnis; vorsteuerverlust | pershare.eps: ergebnis je aktie; gewinn je aktie; gewinn pro aktie"
            "; ergebnis pro aktie | dividend: dividende; dividenden; ausschüttung; dividendensumme; ausschüttungssumme"
            "; ausschüttungsvolumen; dividendenzahlung; dividendenausschüttung; gesamtdividende | cashflow: cashflow; cash-flow"
            "; mittelzufluss; mittelabfluss; barmittelfluss | cashflow.free: freier cashflow; freie cashflow; free cashflow"
            "; freien cashflow; freier barmittelfluss; freie barmittelfluss; freien barmittelfluss | cash: barmittel; liquidität"
            "; zahlungsmittel; liquide mittel; liquiden mittel | deposits: einlagen; kundeneinlagen; spareinlagen"
            " | premiums: prämien; prämieneinnahmen; prämienvolumen; beitragseinnahmen; prämienrückgang; prämienplus"
            " | debt: schulden; verschuldung; finanzschulden; verbindlichkeiten; kredit; kredite; anleihe; anleihen; darlehen"
            "; kreditlinie; schuldschein; schuldscheindarlehen | debt.net: nettoschulden; nettoverschuldung; nettofinanzschulden"
            "; nettofinanzverschuldung; nettofinanzverbindlichkeiten | spend: steckt; steckte; stecken; investiert; investieren"
            "; investierte; ausgeben; ausgab; investition; investitionsausgaben; capex | wages: personalkosten; personalaufwand"
            "; löhne; gehälter; lohnkosten | cost: kosten; aufwendungen; betriebskosten; herstellungskosten; materialaufwand"
            "; umsatzkosten | cost.rd: forschungsausgaben; forschungskosten; entwicklungskosten; forschung und entwicklung; f&e"
            " | charge: abschreibung; rückstellung; sonderbelastung; wertberichtigung; einmalkosten; wertminderung"
            "; restrukturierungskosten; restrukturierungsaufwand; sonderabschreibung; firmenwertabschreibung; risikovorsorge"
            " | tax: steuern; steueraufwand; ertragsteuern | interest: zinsaufwand; zinskosten | interestincome: zinsüberschuss"
            "; zinserträge; zinsertrag; provisionsüberschuss; provisionserträge; provisionsergebnis; mieteinnahmen; mieterträge"
            "; kapitalerträge | fine: bußgeld; strafe; geldbuße; schadenersatz; bußgelder; geldstrafe; geldstrafen; geldbußen"
            "; strafzahlung; vergleichszahlung; kartellstrafe | backlog: auftragsbestand; auftragsbücher; auftragsbüchern"
            "; auftragspolster; orderbestand; auftragsvorrat; auftragsüberhang | orders: auftragseingang; aufträge; bestellungen"
            "; auftragseingänge; bestelleingang; auftragsvolumen; neuaufträge; neubestellungen; auftragseingängen; bestellvolumen"
            "; ordereingang | assets: bilanzsumme; vermögen; aktiva; gesamtvermögen | equity: eigenkapital | inventory: vorräte"
            "; lagerbestand; lagerbestände | valuation: marktkapitalisierung; börsenwert; bewertung; unternehmenswert; marktwert"
            "; börsenkapitalisierung; firmenbewertung | shareprice: aktie; aktien; aktienkurs; kurs; papier; papiere"
            " | price: preis; preise; gebühren; durchschnittspreis; verkaufspreis; ticketpreise; tarife | volume: absatz"
            "; absatzvolumen; absatzmenge; verkäufe; stückzahl | volume.production: produktion; produzierte; produziert; fertigte"
            "; baute | volume.deliveries: auslieferungen; lieferte; liefert; ausgeliefert; auslieferte; absatz; verkäufe"
            " | volume.exports: exporte; ausfuhren | volume.imports: importe; einfuhren | margin: marge; rendite; umsatzrendite"
            "; gewinnmarge | margin.gross: bruttomarge; rohmarge; rohertragsmarge | margin.operating: operative marge; ebit-marge"
            "; betriebsmarge; operative umsatzrendite; ebit-rendite; operative rendite; operativen marge; operativer marge"
            " | margin.ebitda: ebitda-marge; ebitda-rendite | share: marktanteil; marktanteile | stake: beteiligung; anteil an"
            "; stimmrechte; stimmrechtsanteil; hält; an dem joint venture; anteile an | rate.tax: steuerquote; steuersatz"
            " | rate.interest: zinssatz; zins; leitzins; verzinsung; dividendenrendite | rate.inflation: inflation"
            "; inflationsrate; teuerung | rate.unemployment: arbeitslosenquote; arbeitslosigkeit | rate.occupancy: auslastung"
            "; leerstandsquote; kapazitätsauslastung; belegung; belegungsquote; ladefaktor; sitzladefaktor; zimmerauslastung"
            " | rate.growth: bip; bruttoinlandsprodukt; konjunktur | ratio.equity: eigenkapitalquote; kernkapitalquote"
            " | ratio.debt: verschuldungsgrad; verschuldungsquote | market: markt; marktvolumen | deal: kaufpreis; übernahme"
            "; zukauf; emissionserlös; auftragswert; vertragswert; vertragsvolumen; auftragssumme; transaktion"
            "; transaktionsvolumen; verkaufspreis; verkaufserlös | funding: finanzierungsrunde; kapitalrunde; kapitalspritze"
            "; kapitalerhöhung; finanzierung; eingesammelt | buyback: aktienrückkauf; aktienrückkaufprogramm; rückkaufprogramm"
            "; eigene aktien; eigener aktien; rückkauf; aktienrückkäufe; rückkaufvolumen | arr: wiederkehrende umsätze"
            "; jährlich wiederkehrende umsätze; arr | deferred: vertragsverbindlichkeiten; umsatzabgrenzung; vorauszahlungen"
            " | cost.sales: umsatzkosten; herstellungskosten; kosten der umsatzerlöse | cost.opex: betriebskosten"
            "; betriebsaufwand; verwaltungskosten; sachkosten; vertriebskosten | netinterestincome: zinsüberschuss"
            "; nettozinsertrag; zinsergebnis | pershare.book: buchwert je aktie; nettovermögenswert; buchwert"
            " | cashflow.operating: operativer cashflow; operativen cashflow; operative cashflow"
            "; cashflow aus der geschäftstätigkeit; mittelzufluss aus laufender geschäftstätigkeit"
            "; cashflow aus laufender geschäftstätigkeit | spend.capex: sachinvestitionen; investitionsvolumen; investitionssumme"
            "; capex | depreciation: abschreibung | gain: buchgewinn; veräußerungsgewinn; sonderertrag; bewertungsgewinn"
            "; einmalertrag | setaside: risikovorsorge; kreditrisikovorsorge; vorsorge für kreditausfälle"
            " | netassets: nettovermögen; reinvermögen | aum: verwaltetes vermögen; verwaltete vermögen; verwalteten vermögen"
            "; fondsvolumen; kundenvermögen | liabilities: gesamtverbindlichkeiten | receivables: forderungen; außenstände"
            " | goodwill: geschäftswert; firmenwert; goodwill | target: kursziel | fee: gebühr; lizenzgebühr | rent: miete"
            "; mieten; pacht | margin.net: nettomarge; nettoumsatzrendite | margin.interest: zinsmarge; nettozinsmarge"
            " | share.revenue: umsatzanteil; anteil am umsatz; anteil am gesamtumsatz; erlösanteil"
            " | rate.dividend: dividendenrendite | rate.yield: anleiherendite | rate.vacancy: leerstand; leerstandsquote"
            "; leerstandsrate | rate.churn: kündigungsrate; abwanderungsrate; fluktuation; fluktuationsrate; fluktuationsquote"
            " | rate.return: eigenkapitalrendite; kapitalrendite; gesamtkapitalrendite; eigenkapitalverzinsung"
            " | rate.default: ausfallquote; ausfallrate; npl-quote; quote notleidender kredite; anteil notleidender kredite"
            "; zahlungsausfälle | ratio.cost: aufwand-ertrag-relation; aufwandsquote; kosten-ertrags-quote; cost-income-ratio"
            "; kostenquote; schaden-kosten-quote; schadenquote; combined ratio | ratio.payout: ausschüttungsquote"
            "; dividendenquote | ratio.pe: kurs-gewinn-verhältnis; kgv | savings: einsparung; synergien; ersparnis"
            "; kostensenkungen; einsparpotenzial; kosteneinsparungen; sparprogramm | gmv: handelsvolumen; bruttowarenvolumen"
            "; zahlungsvolumen; transaktionsvolumen | repayment: tilgung; rückzahlung; schuldendienst | subsidy: subvention"
            "; fördermittel; staatshilfe; staatshilfen; förderung; zuschuss; zuschüsse | likeforlike: flächenbereinigter umsatz"
            "; vergleichbare umsätze; flächenbereinigten umsatz; vergleichbaren umsatz; bestandsflächen; vergleichbarer fläche"
            "; vergleichbare fläche; flächenbereinigt; flächenbereinigte; like-for-like; flächenbereinigtes umsatzplus"
            " | growth.organic: organisches wachstum; organischen wachstum | loans: kreditbestand; kreditvolumen; kreditportfolio"
            "; kundenkredite; ausleihungen"
        ),
        breaks=("während; wohingegen; aber; jedoch; doch; obwohl; nachdem; weil; indes"),
        bases=(
            "nach; gegenüber; verglichen mit; im vergleich zu; statt; nach zuvor; von zuvor; gegen; bei vormals; gegenüber den"
            "; nach den; nach noch; ausgehend von; von"
        ),
        to="auf",
        earlier=(
            "bislang; bisher hatte; hatte zuvor; gewesen; im vorjahr; vorjahr; vj; vj.; i. vj.; vorjahreszeitraum"
            "; vorjahresquartal; vor einem jahr; ein jahr zuvor; im jahr zuvor; zuvor; vorjahreswert; vorquartal; i. vj; noch bei"
            "; vorperiode; einst; damals; ursprünglich; früher; jahr davor; vor jahresfrist; im vorjahreszeitraum"
            "; vorjahresdividende; vorjahresmonat; ein jahr davor"
        ),
        parts=(
            "sparte; sparten; segment; segments; segmente; tochter; tochtergesellschaft; geschäftsbereich; bereich; division"
            "; geschäftsfeld; region; werk; in china; in europa; in asien; in deutschland; in den usa; in amerika; in nordamerika"
            "; in frankreich; in japan; in indien; in italien; in spanien; in großbritannien; in afrika; in russland; im ausland"
            "; im inland; davon; darunter; international; online; produkt; produkten; geschäft mit; cloud; in der schweiz"
            "; in österreich; in südamerika; in lateinamerika; einschließlich; inklusive; marke"
        ),
        joints="von; bei; der; des; mit; aus",
        wholes=(
            "konzern; konzerns; gruppe; gesellschaft; firma; perioden; konzernperioden; jahr; quartal; ag; gesamt; jahres"
            "; quartals; halbjahres; netto; rekord; mini; außen; gruppen; unternehmens; monats; euro; millionen; milliarden"
        ),
        rivals="konkurrent; konkurrenten; rivale; rivalen; wettbewerber; wettbewerbers; mitbewerber; branche",
        supposed=(
            "gilt als; galt als; droht; drohen; drohende; drohenden; wenn; falls; sofern; sobald; durchschnittlich*; durchschnitt"
            "; im mittel; im schnitt; kumuliert*; je mitarbeiter; pro mitarbeiter; je kunde; hochgerechnet; annualisiert*"
            "; seit gründung; in den vergangenen; in den letzten; bisher; insofern; je beschäftigten; zusammen mit; gemeinsam"
            "; schwelle; jahren; könnte; könnten; verlang*; forder*; gewinnschwelle; unterstell*; angenommen*; nimmt an; annahme"
            "; setzt voraus; vorausgesetzt; vorschreib*; schreibt vor; geknüpft; gekoppelt; abhängig; kreditklausel*"
            "; kreditbedingungen"
        ),
        costs=("kostete; kosteten; kostet; gekostet"),
        touched=(
            "betroffen*; betrifft; betreffen; vertritt; gewerkschaft; streik*; versicher*; beliefer*; schult; schulte; geschult"
            "; evakuier*; hacker; erbeut*; gestohlen*; tarifvertrag; tarifabschluss; erkrank*; demonstrier*"
        ),
    ),
    "fr": MeasureWords(
        measures=families(
            "revenue: chiffre d'affaires; chiffre d'affaire; facturé; ventes; revenus; revenu; recettes; ca; facturations"
            "; chiffre d'affaires consolidé; produits des activités ordinaires; revenu des activités ordinaires"
            "; produit net bancaire; encaissements | profit: bénéfice; gagné; gagne; perdu; perd; bénéfices; résultat; profit"
            "; profits; perte; pertes; gains; déficit | profit.net: bénéfice net; résultat net; profit net; perte nette"
            "; résultat net part du groupe; bénéfice net part du groupe; bénéfice après impôt; bénéfice après impôts"
            "; résultat après impôt; résultat après impôts; résultat net consolidé | profit.operating: résultat opérationnel"
            "; bénéfice opérationnel; résultat d'exploitation; bénéfice d'exploitation; ebit; résultat opérationnel courant"
            "; perte opérationnelle; résultat opérationnel ajusté; bénéfice opérationnel courant; résultat d'exploitation courant"
            "; roc; rop; baii; résultat opérationnel d'activité; résultat courant opérationnel | profit.ebitda: ebitda"
            "; excédent brut d'exploitation; bénéfice opérationnel brut; résultat brut d'exploitation; rbe; ebitdar; baiia"
            "; baiia ajusté; ebitda ajusté; baiia normalisé | profit.gross: bénéfice brut; marge commerciale"
            " | profit.pretax: résultat avant impôt; bénéfice avant impôt; bénéfice imposable; résultat avant impôts"
            " | pershare.eps: bénéfice par action; résultat par action; résultat net par action; bénéfice net par action; bpa"
            "; bnpa; bnpa courant; résultat net dilué par action; bénéfice net dilué par action; bénéfice dilué par action"
            " | dividend: dividende; dividendes; dividende par action; dividende total | cashflow: flux de trésorerie"
            "; flux nets de trésorerie; flux net de trésorerie; flux de trésorerie d'exploitation"
            "; flux de trésorerie opérationnels; cash-flow; cash flow | cashflow.free: flux de trésorerie disponible"
            "; cash-flow libre; free cash flow; flux de trésorerie libre | cash: trésorerie; liquidités | debt: dette; dettes"
            "; endettement; emprunt; emprunts; obligations; prêt; prêts; crédit | debt.net: dette nette; endettement net"
            "; dette financière nette | spend: investis; investies; investie; injecte; injecté; injecter; consacre; consacré"
            "; consacrer; consacrera; allouer; allouera; investira; investiront; investissant; investissements; investit"
            "; investir; investi; investissement; dépenses; dépenses d'investissement; dépense; capex | wages: frais de personnel"
            "; charges de personnel; salaires; masse salariale | cost: coûts; coût; charges; frais; coût des ventes"
            "; charges d'exploitation; coûts d'exploitation; frais généraux | cost.rd: recherche et développement; r&d"
            "; frais de recherche; dépenses de recherche | charge: dépréciation; dépréciations; provision; provisions"
            "; charge exceptionnelle; amortissements; dépréciations d'actifs; charges de restructuration"
            "; coûts de restructuration; charge de dépréciation; provisions pour risques | tax: impôt; impôts"
            "; impôt sur les sociétés | interest: charges d'intérêts; frais financiers; intérêts | fine: amende; amendes"
            "; pénalité; dommages et intérêts; sanction; sanctions; punition; pénalités; contravention; redressement; astreinte"
            " | backlog: carnet de commandes; carnet; carnet d'ordres | orders: commandes; prises de commandes"
            "; prise de commandes; nouvelles commandes; entrées de commandes; entrée de commandes; entrées d'ordres; ordres"
            " | assets: actifs; total du bilan; actif total | equity: capitaux propres; fonds propres"
            "; fonds propres part du groupe | inventory: stocks; stock | valuation: capitalisation boursière; valorisation"
            "; valeur de marché; capitalisation; valorise; valorisée; valorisé; capitalisation de marché; valeur d'entreprise"
            "; valeur boursière | shareprice: action; actions; titre; titres; cours; cours de bourse; l'action | price: prix"
            "; tarifs; prix moyen; prix de vente moyen; loyer moyen | volume: volumes; volume; trafic; ventes en volume"
            " | volume.production: production; produit; produits; fabriqué | volume.deliveries: livraisons; livré; livre; livrés"
            "; livrait; immatriculations; livraison | volume.exports: exportations | volume.imports: importations | margin: marge"
            "; marges; marge bénéficiaire; rentabilité | margin.gross: marge brute; taux de marge brute"
            " | margin.operating: marge opérationnelle; marge d'exploitation; marge opérationnelle courante; marge d'ebit"
            "; marge ebit; taux de marge opérationnelle; rentabilité opérationnelle; taux de rentabilité opérationnelle"
            "; marge opérationnelle ajustée | margin.ebitda: marge d'ebitda; marge d'ebitda ajusté; taux de marge d'ebitda"
            "; marge ebitda; taux d'ebitda | margin.net: marge nette; taux de marge nette; marge bénéficiaire nette"
            " | share: part de marché; parts de marché; pénétration; du marché | stake: participation; détient; détenait; possède"
            "; droits de vote; du capital | rate.tax: taux d'imposition; taux d'impôt | rate.interest: taux d'intérêt; taux"
            "; rendement; rendement du dividende; taux directeur | rate.inflation: inflation | rate.unemployment: chômage"
            "; taux de chômage | rate.occupancy: taux d'occupation; taux d'utilisation; taux de remplissage"
            "; coefficient d'occupation; coefficient de remplissage; taux de charge | rate.growth: pib; produit intérieur brut"
            " | ratio.equity: ratio de fonds propres; ratio de capitaux propres; ratio cet1; ratio de solvabilité; ratio cet 1"
            "; ratio tier 1 | ratio.debt: ratio d'endettement; taux d'endettement; levier; levier financier; gearing"
            "; effet de levier | market: marché; le marché | deal: acquisition; rachat; prix d'achat; levée de fonds; offre"
            "; montant de la transaction; montant de l'opération; transaction; montant du contrat; valeur du contrat"
            "; prix de cession; prix de vente; contrat d'un montant | buyback: rachat d'actions; rachats d'actions"
            "; propres actions | funding: levée de fonds; levé; lève; lèvent; levait; tour de table; augmentation de capital"
            "; lever; levés; levées; levée | arr: revenus annuels récurrents; revenu annuel récurrent; arr"
            " | deferred: produits constatés d'avance; passifs sur contrats | cost.sales: coût des ventes; prix de revient"
            " | cost.opex: charges d'exploitation; charges opérationnelles; coûts opérationnels; dépenses de fonctionnement"
            "; frais administratifs | netinterestincome: marge nette d'intérêts; revenu net d'intérêts; revenus nets d'intérêts"
            "; produit net d'intérêts; produits nets d'intérêts | interestincome: produits d'intérêts; revenus d'intérêts"
            "; commissions; commissions nettes; revenus de commissions; revenus locatifs; loyers perçus; produits financiers"
            " | pershare.book: actif net par action; actif net réévalué; valeur comptable"
            " | cashflow.operating: flux de trésorerie opérationnel; flux d'exploitation; trésorerie générée par l'activité"
            "; flux de trésorerie provenant des activités opérationnelles; flux de trésorerie d'exploitation"
            "; capacité d'autofinancement; trésorerie d'exploitation | spend.capex: investissements industriels"
            "; dépenses d'équipement; capex | depreciation: amortissement; amortissements; dotations aux amortissements"
            " | gain: plus-value; plus-values; gain exceptionnel; produit exceptionnel | setaside: coût du risque"
            "; provisions pour créances douteuses | netassets: actif net; actifs nets | aum: actifs sous gestion; encours"
            "; encours gérés; fonds sous gestion | liabilities: passif; passif total; total du passif | receivables: créances"
            "; créances clients; créances commerciales | payables: dettes fournisseurs | goodwill: écart d'acquisition"
            "; écarts d'acquisition; goodwill; survaleur; survaleurs | target: objectif de cours; cours cible | fee: redevance"
            "; redevances; frais de gestion | rent: loyer; loyers; loyers annuels | margin.interest: marge d'intérêt"
            "; marge d'intérêts | share.revenue: part du chiffre d'affaires; part des ventes; part du ca"
            " | rate.dividend: rendement du dividende | rate.vacancy: taux de vacance; vacance | rate.churn: taux d'attrition"
            "; attrition; taux de résiliation; taux de désabonnement; taux de rotation | rate.retention: taux de rétention"
            "; taux de fidélisation | rate.return: rentabilité des capitaux propres; rendement des fonds propres"
            "; rentabilité des fonds propres; roe; roce | rate.default: taux de défaut; taux de morosité"
            "; taux de créances douteuses; taux d'impayés; sinistralité | ratio.cost: coefficient d'exploitation; ratio combiné"
            "; ratio de coûts; ratio sinistres à primes | ratio.payout: taux de distribution; taux de versement"
            "; ratio de distribution | savings: économies; synergies; réductions de coûts; économies annuelles"
            "; économies de coûts; économie | premiums: primes; primes émises; cotisations; primes brutes émises"
            "; chiffre d'affaires assurance | deposits: dépôts; dépôts de la clientèle; collecte | gmv: volume d'affaires"
            "; volume de transactions; volume de marchandises; volume d'activité | repayment: remboursement; remboursements"
            "; service de la dette | subsidy: subvention; subventions; aide publique; aides publiques; aide d'état"
            "; crédit d'impôt | growth.organic: croissance organique; croissance interne | loans: encours de crédit"
            "; encours de crédits; portefeuille de prêts; crédits à la clientèle | likeforlike: magasins comparables"
            "; ventes comparables; ventes à magasins comparables; magasins constants; chiffre d'affaires des magasins comparables"
            "; ventes des magasins comparables; ventes en magasins comparables"
        ),
        breaks=("tandis que; alors que; mais; cependant; toutefois; bien que; pendant que; après que"),
        bases=(
            "contre; après; par rapport à; comparé à; au lieu de; face à; comparativement à; de; depuis; versus"
        ),
        to="à",
        earlier=(
            "jusque-là; jusqu'alors; jusqu'ici; auparavant; visait; tablait; prévoyait; avait été; avait atteint; un an plus tôt"
            "; un an auparavant; l'an dernier; l'année précédente; l'année dernière; il y a un an; précédemment"
            "; à la même période; de l'exercice précédent; à l'époque; jadis; autrefois; l'an passé"
        ),
        parts=(
            "division; branche; filiale; segment; pôle; activité; à l'international; en chine; en europe; en asie; en france"
            "; en allemagne; aux états-unis; en amérique; en amérique du nord; au japon; en inde; en italie; en espagne"
            "; au royaume-uni; en afrique; à l'étranger; dont; en ligne; cloud; secteur; région; du produit; des produits"
            "; y compris; marque; internationales; internationaux; en russie; au brésil; au canada"
        ),
        joints="de; d'; chez; du; des",
        wholes=(
            "total; net; annuel; trimestriel; consolidé; groupe; entreprise; société; trimestre; année; exercice; semestre; plus"
            "; près; quelque; environ; moins; presque; seulement; compagnie; un; une; premier; deuxième; troisième; quatrième"
            "; second; dernier; l'année; l'entreprise; l'exercice"
        ),
        rivals=("concurrent; concurrents; rival; rivale; secteur"),
        supposed=(
            "risque; risquent; encourt; encourent; passible; menacé; si; lorsque; quand; à condition; moyen; moyenne; moyens"
            "; en moyenne; cumulé; cumulés; par salarié; par employé; par client; par magasin; depuis sa création; seuil"
            "; ensemble; au cours des; ces dernières années; pourrait; annualisé; par habitant; exige*; suppose*; supposant"
            "; hypothèse*; exigent; requiert; requis; impose; imposent; conditionn*; subordonn*; lié à; liée à; liés à; covenant*"
        ),
        costs=("coûte; coûté; coûtera; coûtent"),
        touched=(
            "touche; touchent; couvr*; pirates; vol; volé*; accord; touchés; touchées; concern*; affect*; représente"
            "; représentent; syndicat; syndicats; syndiqu*; grève; grévistes; fournit; livre; assure; forme; formés; évacu*"
            "; manifest*"
        ),
    ),
    "es": MeasureWords(
        measures=families(
            "revenue: facturó; factura; facturado; ingresó; ingresa; ingresado; ingresos; ventas; facturación; cifra de negocios"
            "; ingreso; cifra de negocio; ventas netas; ingresos de explotación; cifra de ventas; volumen de ventas"
            "; ventas totales; ingresos totales; ingresos operativos | profit: beneficio; ganó; gana; ganado; perdió; pierde"
            "; beneficios; resultado; ganancia; ganancias; utilidad; pérdida; pérdidas; números rojos; déficit"
            " | profit.net: beneficio neto; ganancia neta; utilidad neta; resultado neto; pérdida neta; beneficio neto atribuido"
            "; beneficio atribuido; ganancias netas; beneficio después de impuestos; resultado después de impuestos"
            "; utilidad después de impuestos; resultado neto atribuido; beneficio neto atribuible"
            " | profit.operating: resultado operativo; beneficio operativo; resultado de explotación; beneficio de explotación"
            "; ebit; utilidad operativa; pérdida operativa; beneficio de operación; utilidad de operación; resultado de operación"
            "; beneficio operativo ajustado; utilidad operacional; resultado operacional | profit.ebitda: ebitda"
            "; resultado bruto de explotación; resultado operativo bruto; beneficio bruto de explotación; flujo operativo; uafida"
            "; ebitda ajustado | profit.gross: beneficio bruto; utilidad bruta; ganancia bruta"
            " | profit.pretax: beneficio antes de impuestos; resultado antes de impuestos; utilidad antes de impuestos"
            "; beneficios antes de impuestos; ganancias antes de impuestos; pérdidas antes de impuestos"
            " | pershare.eps: beneficio por acción; beneficio neto por acción; ganancia neta por acción; ganancia por acción"
            "; utilidad por acción; bpa | dividend: dividendo; dividendos; dividendo por acción; dividendo total"
            "; retribución al accionista; reparto | cashflow: flujo de caja; flujo de efectivo"
            " | cashflow.free: flujo de caja libre; flujo de efectivo libre | cash: efectivo; tesorería; caja; liquidez"
            "; posición de caja; caja neta | debt: deuda; deudas; endeudamiento; préstamo; préstamos; bonos; crédito"
            " | debt.net: deuda neta; deuda financiera neta | spend: invirtieron; invertirán; invertir; dedicar; dedicará"
            "; dedicarán; destinar; invertido; destina; destinará; destinó; inyecta; inyectó; inversiones; invertirá; invierte"
            "; invirtió; inversión; gastos de capital; capex; gasto; gastos | wages: gastos de personal; salarios; sueldos"
            "; costes de personal | cost: costes; costos; coste; costo; gastos operativos; costes de explotación; coste de ventas"
            "; costo de ventas | cost.rd: investigación y desarrollo; i+d | charge: deterioro; provisión; provisiones"
            "; depreciación; amortización; amortizaciones; cargo; deterioros; costes de reestructuración"
            "; gastos de reestructuración; saneamientos; cargo extraordinario | tax: impuestos; impuesto; impuesto de sociedades"
            " | interest: gastos financieros; intereses | fine: multa; multas; sanción; indemnización; multado; multada; multados"
            "; multadas; sanciones; sancionada; sancionado; penalización; indemnizaciones | backlog: cartera de pedidos; cartera"
            "; cartera de contratos; cartera de obra; cartera de proyectos; cartera de obras; libro de pedidos | orders: pedidos"
            "; contratación; encargos; nuevos pedidos; entrada de pedidos; contratación de obra | assets: total del balance"
            "; balance total; activos; activos totales; activo total | equity: patrimonio neto; fondos propios; patrimonio"
            " | inventory: existencias; inventarios; inventario | valuation: capitalización bursátil; capitalización; valoración"
            "; valor de mercado; valor en bolsa; valor bursátil; capitalización de mercado | shareprice: acciones; acción"
            "; cotización; títulos; papeles | price: precio; precios; tarifas; precio medio; precio promedio | volume: volumen"
            "; volúmenes; tráfico; pasajeros | volume.production: producción; produjo; fabricó; produce"
            " | volume.deliveries: entregas; envíos; entregó; entrega; matriculaciones; ventas en unidades"
            " | volume.exports: exportaciones | volume.imports: importaciones | margin: margen; márgenes; rentabilidad"
            " | margin.gross: margen bruto | margin.operating: margen operativo; margen de explotación; margen ebit"
            "; margen de ebit; margen operacional; rentabilidad operativa; margen sobre ebit | margin.ebitda: margen de ebitda"
            "; margen ebitda; margen del ebitda; margen sobre ebitda; margen bruto de explotación | margin.net: margen neto"
            "; margen de beneficio; margen neto de beneficio | share: cuota de mercado; cuota; cuotas de mercado"
            "; participación de mercado; participación en el mercado; del mercado | stake: participación; controla; posee; poseía"
            "; derechos de voto; del capital | rate.tax: tipo impositivo; tasa impositiva; tasa fiscal"
            " | rate.interest: tipo de interés; tasa de interés; rendimiento; rentabilidad por dividendo"
            " | rate.inflation: inflación; ipc | rate.unemployment: desempleo; paro; tasa de desempleo; tasa de paro"
            " | rate.occupancy: ocupación; tasa de ocupación; factor de ocupación; nivel de ocupación; coeficiente de ocupación"
            " | rate.growth: pib; producto interior bruto; producto interno bruto | ratio.equity: ratio de fondos propios"
            "; ratio de solvencia; ratio cet1; ratio de capital | ratio.debt: ratio de endeudamiento; apalancamiento"
            "; ratio de deuda | market: mercado; el mercado | deal: adquisición; compra; oferta; financiación"
            "; importe del contrato; importe total del contrato; valor del contrato; monto del contrato; transacción"
            "; precio de venta; valor de la transacción; importe de la operación; valor de la operación; precio de compra"
            " | buyback: recompra de acciones; recompra; acciones propias | arr: ingresos recurrentes anuales"
            "; ingresos anuales recurrentes; arr | deferred: ingresos diferidos; pasivos contractuales"
            " | cost.sales: coste de ventas; costo de ventas; coste de las ventas | cost.opex: gastos operativos"
            "; gastos de explotación; gastos administrativos; gastos generales | netinterestincome: margen de intereses"
            "; margen de interés; ingresos netos por intereses; ingreso neto por intereses; margen financiero"
            " | interestincome: ingresos por intereses; ingresos financieros; comisiones; comisiones netas"
            "; ingresos por comisiones; ingresos por rentas; ingresos por alquileres | pershare.book: valor contable"
            "; valor en libros; valor neto de los activos | cashflow.operating: flujo de caja operativo"
            "; flujo de caja de explotación; flujo operativo de caja; flujo de efectivo operativo"
            "; flujo de caja de las operaciones | spend.capex: inversión en capital; inversiones en capital; gasto de capital"
            "; capex; inversión en activos fijos | depreciation: depreciación; amortización; amortizaciones | gain: plusvalía"
            "; plusvalías; ganancia extraordinaria; resultado extraordinario | setaside: dotaciones; dotación"
            "; provisiones para insolvencias; dotaciones a provisiones | netassets: activo neto; activos netos"
            " | aum: activos bajo gestión; patrimonio gestionado; patrimonio bajo gestión; recursos gestionados"
            " | liabilities: pasivo; pasivos; pasivo total | receivables: cuentas por cobrar; créditos comerciales"
            "; deudores comerciales | payables: cuentas por pagar; acreedores comerciales | goodwill: fondo de comercio"
            "; crédito mercantil | target: precio objetivo | fee: canon; comisión de gestión | rent: alquiler; alquileres; renta"
            "; rentas; arrendamiento; arrendamientos | margin.interest: margen de interés neto; diferencial"
            " | share.revenue: peso en ventas; peso en los ingresos; porcentaje de los ingresos"
            " | rate.dividend: rentabilidad por dividendo | rate.vacancy: desocupación; tasa de desocupación; tasa de vacancia"
            " | rate.churn: tasa de abandono; tasa de bajas; tasa de cancelación; rotación | rate.retention: tasa de retención"
            "; retención | rate.return: rentabilidad sobre fondos propios; rentabilidad sobre recursos propios; roe; rote"
            "; rentabilidad financiera; roce | rate.default: morosidad; tasa de morosidad; tasa de mora; índice de morosidad"
            "; ratio de morosidad; mora; ratio de mora; impagos; índice de mora | ratio.cost: ratio de eficiencia"
            "; ratio combinado; ratio de siniestralidad; siniestralidad; índice de eficiencia; tasa de eficiencia"
            " | ratio.payout: payout; pay-out; tasa de reparto; ratio de reparto | savings: ahorro; ahorros; sinergias"
            " | premiums: primas; volumen de primas; primas emitidas | deposits: depósitos; depósitos de clientes; captación"
            " | gmv: volumen de transacciones; volumen de negocio; volumen bruto de mercancías | repayment: amortización de deuda"
            "; devolución de deuda; reembolso; servicio de la deuda | subsidy: subvención; subvenciones; ayuda pública"
            "; ayudas públicas; ayudas | growth.organic: crecimiento orgánico | likeforlike: ventas comparables"
            "; ventas a superficie comparable; ventas en superficie comparable; ventas en términos comparables; mismas tiendas"
            "; ventas a mismas tiendas; ventas mismas tiendas; unidades iguales; tiendas comparables; tiendas iguales"
            " | funding: ronda; ronda de financiación; ampliación de capital; levantó; captó | loans: cartera de créditos"
            "; cartera crediticia; cartera de préstamos; crédito a clientes; inversión crediticia"
        ),
        breaks="mientras que; mientras; pero; aunque; sin embargo; después de que; tras el alza; no obstante",
        bases=(
            "frente a; frente a los; frente al; desde; desde los; desde el; tras; comparado con; en comparación con; respecto a"
            "; contra; de; del; en lugar de; después de; ante; comparados con; respecto al; tras los"
        ),
        to="a; al; hasta; a los; hasta los; hasta el",
        earlier=(
            "preveía; preveían; hasta ahora; previamente; había sido; habían sido; un año antes; hace un año; el año pasado"
            "; año anterior; del mismo periodo; mismo período; mismo trimestre; anteriormente; ejercicio anterior; del año previo"
            "; en su día; antaño; trimestre anterior"
        ),
        parts=(
            "división; filial; segmento; unidad; rama; negocio de; en china; en europa; en asia; en españa; en méxico; en brasil"
            "; en alemania; en francia; en estados unidos; en américa; en latinoamérica; en japón; en la india; en italia"
            "; en el extranjero; internacionales; internacional; de los cuales; de las cuales; en línea; nube; región"
            "; del producto; incluidos; marca; en portugal; en reino unido; en argentina; en colombia; en chile; nacionales"
            "; online; sector"
        ),
        joints="de; del; en",
        wholes=(
            "entre; total; totales; netos; netas; anuales; trimestrales; consolidados; consolidadas; grupo; empresa; compañía"
            "; sociedad; año; trimestre; ejercicio; semestre; más; casi; unos; unas; cerca; alrededor; aproximadamente; menos"
            "; primer; segundo; tercer; cuarto; periodo; período; un; una; apenas; torno; solo; último"
        ),
        rivals=("competidor; competidora; competidores; rival; rivales; sector"),
        supposed=(
            "se expone; se exponen; se arriesga; amenaza; si; cuando; siempre que; medio; media; medios; medias; promedio"
            "; en promedio; acumulado; acumulados; acumuladas; por empleado; por cliente; por tienda; desde su creación; umbral"
            "; conjuntamente; en los últimos; podría; podrían; anualizado; anualizados; por habitante; en conjunto; exige*"
            "; requiere*; impone; imponen; supone; suponen; punto de equilibrio; hipótesis; asume; condicionad*; vinculad*"
            "; supeditad*; sujet*; covenant*"
        ),
        costs=("costó; cuesta; costará; costado; costaron"),
        touched=(
            "afecta*; erte; ere; convenio; piratas; robad*; robaron; cubre; abarca; afectad*; representa; representan; sindicato"
            "; sindicatos; agrupa; agrupan; huelga; suministra; asegura; forma a; formó; evacu*; manifest*"
        ),
    ),
    "zh": _CHINESE,
    "ja": _JAPANESE,
}
