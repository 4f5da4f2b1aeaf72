// Words of the task page, the history and the comparison, in Simplified Chinese.
export default {
  "player.group": "影片播放器", "player.play": "播放", "player.pause": "暂停", "player.back": "后退一帧", "player.on": "前进一帧", "player.loop": "循环",
  "player.speed": "速度", "player.mute": "静音", "player.unmute": "打开声音", "player.full": "全屏", "player.no_full": "此浏览器在这里不支持全屏。", "player.download": "下载影片",
  "player.position": "影片位置", "player.clock": "{time} / {seconds} 秒 · 第 {frame} / {frames} 帧", "player.frame": "第 {n} 帧，共 {frames} 帧",
  "player.gone": "影片无法加载。链接可能已失效，或服务器没有运行。请刷新页面重试；这不会产生费用。",
  "player.key_play": "播放、暂停", "player.key_step": "逐帧", "player.key_speed": "减速、加速", "player.key_sound": "声音",

  "task.progress": "影片进度", "task.elapsed": "自接受以来：", "task.upstream_open": "上游", "task.studio": "内置工作室",
  "task.cut": "与 filmgate 的连接中断。影片不依赖本页，会继续制作；一有应答，本页就会接着显示。",
  "task.late": "任务以失败结束之后，影片还是到了。您不需要为它付费。", "task.late_get": "下载迟到的影片",
  "task.missing": "没有这个任务", "task.missing.why": "它可能属于另一个账户，或者地址不完整。", "task.to_history": "查看所有影片",

  "waiting.queued": "排队等候", "waiting.queued.why": "已接受并已保存：即使关闭本页或重启 filmgate，影片也会制作。",
  "waiting.sending": "正在发送请求", "waiting.sending.why": "请求正在发往{upstream}。",
  "waiting.in_doubt": "待确认", "waiting.in_doubt.why": "请求已发往{upstream}，但应答丢失了。filmgate 会先在那里查找任务，再做任何可能重复收费的事。",
  "waiting.running": "正在制作", "waiting.running.why": "影片由{upstream}制作。百分比是它自己报告的。",
  "waiting.storing": "正在转存影片", "waiting.storing.why": "影片已做好。filmgate 正把它复制到自己的存储中，并检查、计算哈希。",

  "ending.failed": "没有生成影片", "ending.cancelled": "已取消", "ending.cancelled.why": "没有生成影片，也没有花费积分。您随时可以再次运行。", "ending.succeeded": "影片不在这里", "ending.succeeded.why": "影片做好过，但文件已不再保存。再次运行即可重新制作。", "ending.code": "程序用的代码：",
  "next.words": "怎么办：点“修改后运行”，改掉提示词中容易被误解的内容（暴力、裸露、真实人物）。",
  "next.late": "怎么办：再次运行。上游没有按时完成；今天换一个模型可能更快。",
  "next.pictures": "怎么办：点“修改后运行”，从本机重新上传图片；链接必须对所有人开放。",
  "next.request": "怎么办：点“修改后运行”，修改消息里指出的字段，然后重新提交。",
  "next.doubt": "怎么办：没有人知道上游是否做了这部影片。运营者可以去那里查；再次运行可能会做出第二部影片。",
  "next.credits": "怎么办：上游自己的账户余额不足，需要运营者充值；也可以换一个由别处制作的模型。",
  "next.again": "怎么办：再次运行；这类失败大多是暂时的。如果失败两次，请换模型或用更简单的描述。",

  "timeline.title": "经过", "timeline.now": "现在：", "timeline.after": "+{time} 秒",
  "moment.accepted": "已接受", "moment.began": "已发往{upstream}", "moment.heard": "{upstream}的消息", "moment.in_doubt": "待确认", "moment.running": "由{upstream}生成", "moment.storing": "转存中",
  "moment.succeeded": "完成", "moment.failed": "失败", "moment.cancelled": "已取消", "moment.attempt_ended": "一次尝试结束",
  "moment.delivered": "Webhook 已送达", "moment.delivery_failed": "Webhook 未送达",

  "money.title": "费用", "money.when": "时间", "money.what": "事项", "money.credits": "积分", "money.free": "此任务没有冻结积分，也不收费。",
  "money.spent": "这部影片花费了 {n} 积分。", "money.back": "没有花费积分：冻结的 {n} 积分已全部退回。", "money.held": "已冻结 {n} 积分，尚未花费。影片到手时才扣除；没有影片就退回。",
  "entry.hold": "冻结", "entry.hold.why": "任务被接受时预留。", "entry.capture": "扣除", "entry.capture.why": "影片已保存，因此扣除冻结的积分。", "entry.release": "退回", "entry.release.why": "没有影片，冻结的积分归还给您。",
  "entry.suspend": "暂挂", "entry.suspend.why": "在弄清上游是否收费之前，由运营者承担风险。", "entry.write-off": "核销", "entry.write-off.why": "是运营者的损失，不是您的。", "entry.clear": "结清", "entry.clear.why": "上游没有收费。",
  "entry.cost": "上游成本", "entry.cost.why": "上游向运营者收取的费用。", "entry.loss": "运营者的损失",

  "facts.title": "信息", "fact.model": "模型", "fact.upstream": "制作方", "fact.studio": "filmgate 内置工作室（测试画面，免费）", "fact.film": "影片", "fact.shape": "{width} × {height}，{seconds} 秒，{rate} 帧/秒",
  "fact.bytes": "大小", "fact.hash": "SHA-256", "fact.origin": "来源", "fact.created": "接受时间", "fact.took": "用时", "fact.form": "提交方式", "fact.callback": "回调", "fact.id": "任务",
  "origin.extension": "被延长的影片", "origin.enlargement": "同一影片的小尺寸版本", "origin.remix": "被重混的影片", "origin.edit": "被编辑的影片",
  "copy.title": "显示内容", "copy.film": "影片", "copy.part": "新的部分", "copy.joined": "完整影片", "copy.watermarked": "带标记",
  "form.filmgate": "本页或 filmgate 自己的 API", "form.kie.jobs": "Kie 的 API（jobs）", "form.kie.veo": "Kie 的 API（Veo）", "form.openai.videos": "OpenAI 的 API（videos）", "form.cli": "命令行",
  "request.title": "请求", "input.none": "请求没有字段。", "input.picture": "请求中的图片", "input.yes": "是", "input.no": "否",
  "attempts.title": "尝试", "attempt.title": "第 {number} 次尝试：{upstream}", "attempt.job": "作业", "attempt.delivered": "完成", "attempt.late": "迟到", "attempt.refused": "被拒绝", "attempt.busy": "繁忙", "attempt.never_left": "未发出", "attempt.interrupted": "中断", "attempt.stopped": "已停止", "attempt.lost": "丢失", "attempt.written_off": "已核销", "exchanges.title": "与上游的往来", "exchange.attempt": "尝试",
  "deliveries.title": "Webhook", "delivery.waiting": "等待中", "delivery.delivered": "已送达", "delivery.given_up": "已放弃", "delivery.no_answer": "没有应答", "delivery.took": "{n} 毫秒", "delivery.due": "下次尝试", "delivery.replay": "重新发送", "delivery.replayed": "马上重新发送。",

  "again.run": "再次运行", "again.edit": "修改后运行", "again.extension": "延长", "again.enlargement": "放大到 {size}", "again.frame": "从最后一帧继续", "again.compare": "对比模型",
  "again.frame_taking": "正在截取最后一帧。", "again.frame_failed": "无法读取影片的最后一帧。没有创建任何任务，也没有收费。",
  "again.credits": "请运营者增加积分，或选择更短的时长、更便宜的模型。", "again.credits_dev": "在模拟器中，每个不同的密钥都是一个独立账户，有新的积分。", "again.to_credits": "查看积分", "again.enter": "重新进入",
  "cancel.button": "取消任务", "cancel.title": "取消这部影片？", "cancel.text": "如果还没有上游接手，任务会立即结束，积分全部退回。如果已经在制作，您的要求会被记下，并在不产生费用时执行。", "cancel.yes": "取消影片", "cancel.done": "已取消，积分已全部退回。", "cancel.wished": "已记下：一旦不产生费用就会结束。快要完成的影片仍可能到来。",

  "history.title": "影片", "history.lead": "此账户提交过的全部内容，最新的在前。", "history.make": "制作影片", "history.search": "搜索", "history.search_hint": "提示词中的词", "history.model": "模型", "history.any_model": "全部模型",
  "history.phase": "状态", "history.all": "全部", "history.none": "还没有影片", "history.none.why": "第一部只需点一下，等几秒钟。", "history.make_one": "制作第一部影片", "history.none_found": "没有符合条件的影片", "history.show_all": "显示全部",
  "history.choose": "选来对比", "history.choose_this": "选来对比：{prompt}", "history.tray": "已选影片", "history.chosen": "已选 {n} 部影片", "history.compare": "并排对比", "history.one_more": "再选一部即可对比。", "history.too_many": "最多可对比 24 部。", "history.clear": "取消选择",
  "history.found": "{n}{more} 部影片",

  "compare.title": "对比", "compare.lead": "一个提示词，多个模型：先看总价，再并排观看所有影片。", "compare.new": "新的对比", "compare.choose": "从影片中选择", "compare.gone": "有 {n} 部影片不存在。",
  "together.group": "所有影片的控制", "together.play": "全部播放", "together.pause": "全部暂停", "together.listen": "听 {title}", "together.drop": "把 {title} 移出对比", "together.took": "用时 {time}",
  "contest.prompt": "提示词", "contest.prompt_hint": "每部影片应该展示什么？", "contest.aspect": "画面", "contest.landscape": "横屏", "contest.portrait": "竖屏", "contest.seconds": "时长", "contest.own_length": "各模型默认", "contest.seconds_hint": "没有这个时长的模型会用默认时长；实际结果写在每个模型旁边。",
  "contest.models": "模型", "contest.price": "积分", "contest.from": "{n} 起", "contest.needs_prompt": "写下提示词即可看到准确价格。", "contest.needs_model": "请勾选要使用的模型。", "contest.too_many": "一次对比最多 24 部影片。", "contest.asking": "正在询价…",
  "contest.sum": "共冻结 {total} 积分，剩余 {rest}。只有影片到手才会扣除。", "contest.lacks": "总共需要 {total} 积分，现有 {available}。请取消几个，或选择更短的时长。", "contest.go": "制作 {n} 部影片", "contest.go_none": "制作影片", "contest.others": "继续使用其余 {n} 部",
};
